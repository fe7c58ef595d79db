import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components/Checkbox';
import { FieldError } from 'react-aria-components/FieldError';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { NumberField as AriaNumberField, type NumberFieldProps } from 'react-aria-components/NumberField';
import { Popover } from 'react-aria-components/Popover';
import { RadioGroup as AriaRadioGroup, Radio, type RadioGroupProps } from 'react-aria-components/RadioGroup';
import { Select as AriaSelect, type SelectProps, SelectValue } from 'react-aria-components/Select';
import {
  Slider as AriaSlider,
  SliderFill,
  SliderOutput,
  type SliderProps,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components/Slider';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps } from 'react-aria-components/TextField';

/** What every field says about itself: a label always, a hint when useful, an error that says what to do. */
interface Words {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The word for "optional" in the page's language, shown after the label. */
  readonly optional?: string;
}

function FieldLabel({ label, optional }: Pick<Words, 'label' | 'optional'>) {
  return (
    <Label className="field-label">
      {label}
      {optional === undefined ? null : <span className="field-optional"> · {optional}</span>}
    </Label>
  );
}

function FieldWords({ hint, error }: Pick<Words, 'hint' | 'error'>) {
  return (
    <>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </>
  );
}

type Plain<T> = Omit<T, 'className' | 'style' | 'children' | 'isInvalid'>;

export function TextField({
  label,
  hint,
  error,
  optional,
  lines = 1,
  placeholder,
  unit,
  ...rest
}: Words &
  Plain<TextFieldProps> & {
    readonly lines?: number;
    readonly placeholder?: string;
    readonly unit?: string;
  }) {
  return (
    <AriaTextField {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel label={label} {...(optional !== undefined && { optional })} />
      {lines > 1 ? (
        <TextArea className="input" rows={lines} placeholder={placeholder} />
      ) : (
        <div className="input-row">
          <Input className="input" placeholder={placeholder} />
          {unit === undefined ? null : <span className="input-unit">{unit}</span>}
        </div>
      )}
      <FieldWords hint={hint} error={error} />
    </AriaTextField>
  );
}

export function NumberField({
  label,
  hint,
  error,
  optional,
  unit,
  ...rest
}: Words & Plain<NumberFieldProps> & { readonly unit?: string }) {
  return (
    <AriaNumberField {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel
        label={unit === undefined ? label : `${label} (${unit})`}
        {...(optional !== undefined && { optional })}
      />
      <Group className="number-group">
        <Input className="input" />
        <Button slot="decrement" className="number-step">
          −
        </Button>
        <Button slot="increment" className="number-step">
          +
        </Button>
      </Group>
      <FieldWords hint={hint} error={error} />
    </AriaNumberField>
  );
}

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export function Select({
  label,
  hint,
  error,
  optional,
  options,
  ...rest
}: Words & Plain<SelectProps<Option>> & { readonly options: readonly Option[] }) {
  return (
    <AriaSelect {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel label={label} {...(optional !== undefined && { optional })} />
      <Button className="select-button">
        <SelectValue />
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="M2 4.5 6 8.5 10 4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <FieldWords hint={hint} error={error} />
      <Popover className="popover">
        <ListBox items={options}>
          {(option) => (
            <ListBoxItem
              className="option"
              id={option.id}
              textValue={option.label}
              isDisabled={option.disabled ?? false}
            >
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export function Checkbox({
  children,
  ...rest
}: Omit<CheckboxProps, 'className' | 'style' | 'children'> & { readonly children: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className="check">
      {({ isIndeterminate }) => (
        <>
          <span className="check-box" aria-hidden="true">
            <svg viewBox="0 0 12 12">
              <path
                d={isIndeterminate ? 'M2 6h8' : 'M1.5 6.5 4.5 9.5 10.5 2.5'}
                fill="none"
                stroke="currentColor"
                strokeWidth="2"
              />
            </svg>
          </span>
          <span>{children}</span>
        </>
      )}
    </AriaCheckbox>
  );
}

export function RadioGroup({
  label,
  hint,
  error,
  options,
  ...rest
}: Omit<Words, 'optional'> & Plain<RadioGroupProps> & { readonly options: readonly Option[] }) {
  return (
    <AriaRadioGroup {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel label={label} />
      <div className="choice-group" data-orientation={rest.orientation}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} isDisabled={option.disabled ?? false} className="radio">
            <span className="radio-dot" aria-hidden="true" />
            <span>{option.label}</span>
          </Radio>
        ))}
      </div>
      <FieldWords hint={hint} error={error} />
    </AriaRadioGroup>
  );
}

export function Slider({
  label,
  hint,
  ...rest
}: Omit<Words, 'optional' | 'error'> & Omit<SliderProps<number>, 'className' | 'style' | 'children'>) {
  return (
    <AriaSlider {...rest} className="slider">
      <Label className="field-label">{label}</Label>
      <SliderOutput className="slider-output" />
      <SliderTrack className="slider-track">
        <SliderFill className="slider-fill" />
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
      {hint === undefined ? null : <span className="field-hint">{hint}</span>}
    </AriaSlider>
  );
}
