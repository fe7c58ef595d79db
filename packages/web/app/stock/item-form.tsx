import type { Item, StockRefusal } from '@undertone/clinic/stock/rules.ts';
import { fromBase, hazards, units } from '@undertone/clinic/stock/rules.ts';
import { type ItemKind, itemKinds } from '@undertone/clinic/stock/schema.ts';
import { useState } from 'react';
import { Form } from 'react-router';
import { Button } from '../ui/button.tsx';
import { Checkbox, Select, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { numberOf, refusalText } from './forms.ts';
import { PaperField } from './paper-field.tsx';
import { BranchField } from './parts.tsx';
import type { StockBranches } from './view.ts';
import type { StockWords } from './words.ts';

/** An ingredient or a strength while it is being typed: texts, until the form is sent. */
interface Line {
  readonly key: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly hazards: readonly string[];
  readonly phRegulator: boolean;
}

const usualUnit: Record<ItemKind, string> = {
  pigment: 'drop',
  needle: 'piece',
  consumable: 'piece',
  drug: 'ml',
};
/** As typed where it is no number: it is refused at its field, and does not pass for one that was left empty. */
const number = (text: string | undefined) => {
  const value = numberOf(text);
  return Number.isNaN(value) ? text : value;
};
const orNull = (text: string | undefined) => ((text ?? '').trim() === '' ? null : (text ?? '').trim());

function ingredientLines(item: Item | undefined): Line[] {
  return (item?.ingredients ?? []).map((one, key) => ({
    key,
    texts: {
      name: one.name ?? '',
      ciNumber: one.ciNumber ?? '',
      cas: one.cas ?? '',
      percent: one.percent === null ? '' : String(one.percent),
    },
    hazards: one.hazards,
    phRegulator: one.phRegulator,
  }));
}

function activeLines(item: Item | undefined): Line[] {
  return (item?.actives ?? []).map((one, key) => ({
    key,
    texts: { substance: one.substance, mgPer: String(one.mgPer), per: one.per },
    hazards: [],
    phRegulator: false,
  }));
}

const emptyLine = (lines: readonly Line[]): Line => ({
  key: Math.max(-1, ...lines.map(({ key }) => key)) + 1,
  texts: {},
  hazards: [],
  phRegulator: false,
});

/** What an item is. Its kind and the sort of unit stay once it exists, because its lots are counted in them. */
export function ItemFields({
  item,
  pigments,
  branches,
  refusal,
  words,
}: {
  readonly item?: Item;
  readonly pigments: readonly { readonly id: string; readonly name: string }[];
  readonly branches: StockBranches;
  readonly refusal: StockRefusal | undefined;
  readonly words: StockWords;
}) {
  const [kind, setKind] = useState<ItemKind>(item?.kind ?? 'pigment');
  const [unit, setUnit] = useState<string>(item?.unit ?? 'drop');
  const [ingredients, setIngredients] = useState(ingredientLines(item));
  const [actives, setActives] = useState(activeLines(item));
  const faultAt = (field: string) => (refusal?.field === field ? refusalText(refusal, words) : undefined);
  const change = (set: typeof setIngredients) => (key: number, next: Partial<Omit<Line, 'key'>>) =>
    set((lines) => lines.map((line) => (line.key === key ? { ...line, ...next } : line)));
  return (
    <Form method="post" encType="multipart/form-data" className="stock-form">
      {refusal === undefined ? null : (
        <Alert tone="oxide" title={`${words.notDone}: ${refusalText(refusal, words)}`} live />
      )}
      <input type="hidden" name="version" value={item?.version ?? 0} />
      <BranchField branches={branches} />
      <div className="stock-fields">
        {item === undefined ? (
          <Select
            label={words.kind}
            name="kind"
            options={itemKinds.map((id) => ({ id, label: words.kinds[id] }))}
            value={kind}
            onChange={(next) => {
              setKind(next as ItemKind);
              setUnit(usualUnit[next as ItemKind]);
            }}
          />
        ) : (
          <input type="hidden" name="kind" value={item.kind} />
        )}
        <TextField
          label={words.name}
          name="name"
          defaultValue={item?.name ?? ''}
          isRequired
          error={faultAt('name')}
        />
        <TextField
          label={words.maker}
          name="maker"
          defaultValue={item?.maker ?? ''}
          optional={words.optional}
          error={faultAt('maker')}
        />
      </div>
      <div className="stock-fields">
        <Select
          label={words.countedIn}
          name="unit"
          options={units.map((id) => ({ id, label: words.units[id] }))}
          value={unit}
          onChange={(next) => setUnit(String(next))}
          error={faultAt('unit')}
        />
        {unit === 'drop' ? (
          <TextField
            label={words.dropUl}
            name="dropUl"
            inputMode="numeric"
            unit="µL"
            defaultValue={String(item?.dropUl ?? 50)}
            hint={words.dropHelp}
            error={faultAt('dropUl')}
          />
        ) : null}
        <TextField
          label={words.lowAt}
          name="lowAt"
          inputMode="decimal"
          unit={words.units[unit as 'drop']}
          defaultValue={
            item === undefined || item.lowAt === null
              ? ''
              : String(fromBase(item.lowAt, item.unit, item.dropUl))
          }
          hint={words.lowHelp}
          optional={words.optional}
          error={faultAt('lowAt')}
        />
        <TextField
          label={words.discardAfter}
          name="discardAfterDays"
          inputMode="numeric"
          defaultValue={String(item?.discardAfterDays ?? '')}
          hint={words.discardHelp}
          optional={words.optional}
          error={faultAt('discardAfterDays')}
        />
      </div>
      {kind === 'pigment' ? (
        <fieldset className="stock-part">
          <legend>{words.ingredients}</legend>
          <p className="soft small measure">{words.ingredientsHelp}</p>
          {ingredients.map((line, at) => {
            const label = `${words.ingredient} ${at + 1}`;
            const set = change(setIngredients);
            const field = (name: string, title: string, mode: 'text' | 'decimal' = 'text') => (
              <TextField
                label={title}
                inputMode={mode}
                value={line.texts[name] ?? ''}
                onChange={(text) => set(line.key, { texts: { ...line.texts, [name]: text } })}
                error={faultAt(`ingredients.${at}.${name}`)}
              />
            );
            return (
              <div className="stock-line" key={line.key} role="group" aria-label={label}>
                <div className="stock-fields" data-narrow>
                  {field('name', words.ingredient)}
                  {field('ciNumber', words.ci)}
                  {field('cas', words.cas)}
                  {field('percent', words.percent, 'decimal')}
                </div>
                <div className="stock-checks">
                  {hazards.map((hazard) => (
                    <Checkbox
                      key={hazard}
                      isSelected={line.hazards.includes(hazard)}
                      onChange={(on) =>
                        set(line.key, {
                          hazards: on
                            ? [...line.hazards, hazard]
                            : line.hazards.filter((one) => one !== hazard),
                        })
                      }
                    >
                      {words.hazardNames[hazard]}
                    </Checkbox>
                  ))}
                  <Checkbox
                    isSelected={line.phRegulator}
                    onChange={(on) => set(line.key, { phRegulator: on })}
                  >
                    {words.phRegulator}
                  </Checkbox>
                </div>
                <div>
                  <Button
                    look="quiet"
                    onPress={() => setIngredients((lines) => lines.filter(({ key }) => key !== line.key))}
                  >
                    {words.remove}
                  </Button>
                </div>
              </div>
            );
          })}
          <div>
            <Button onPress={() => setIngredients((lines) => [...lines, emptyLine(lines)])}>
              {words.addIngredient}
            </Button>
          </div>
          <Select
            label={words.measuredAs}
            name="measuredAs"
            options={[
              { id: '', label: words.notMeasured },
              ...pigments.map(({ id, name }) => ({ id, label: name })),
            ]}
            defaultValue={item?.pigmentSetId ? `${item.pigmentSetId} ${item.setPigmentId ?? ''}` : ''}
          />
        </fieldset>
      ) : null}
      {kind === 'drug' ? (
        <fieldset className="stock-part">
          <legend>{words.actives}</legend>
          <p className="soft small measure">{words.activesHelp}</p>
          {actives.map((line, at) => {
            const set = change(setActives);
            return (
              <div
                className="stock-line"
                key={line.key}
                role="group"
                aria-label={`${words.substance} ${at + 1}`}
              >
                <div className="stock-fields">
                  <TextField
                    label={words.substance}
                    value={line.texts.substance ?? ''}
                    onChange={(text) => set(line.key, { texts: { ...line.texts, substance: text } })}
                    error={faultAt(`actives.${at}.substance`)}
                  />
                  <TextField
                    label={`${words.mgPer} …`}
                    inputMode="decimal"
                    unit="mg"
                    value={line.texts.mgPer ?? ''}
                    onChange={(text) => set(line.key, { texts: { ...line.texts, mgPer: text } })}
                    error={faultAt(`actives.${at}.mgPer`)}
                  />
                  <Select
                    label={words.unit}
                    options={(['ml', 'g', 'piece'] as const).map((id) => ({ id, label: words.units[id] }))}
                    value={line.texts.per ?? 'ml'}
                    onChange={(per) => set(line.key, { texts: { ...line.texts, per: String(per) } })}
                  />
                </div>
                <div>
                  <Button
                    look="quiet"
                    onPress={() => setActives((lines) => lines.filter(({ key }) => key !== line.key))}
                  >
                    {words.remove}
                  </Button>
                </div>
              </div>
            );
          })}
          <div>
            <Button onPress={() => setActives((lines) => [...lines, emptyLine(lines)])}>
              {words.addActive}
            </Button>
          </div>
        </fieldset>
      ) : null}
      {kind === 'needle' ? (
        <div className="stock-fields">
          <TextField
            label={words.points}
            name="points"
            inputMode="numeric"
            defaultValue={String(item?.needle?.points ?? '')}
            error={faultAt('needle.points')}
          />
          <TextField
            label={words.diameter}
            name="diameterMm"
            inputMode="decimal"
            unit="mm"
            defaultValue={String(item?.needle?.diameterMm ?? '')}
            error={faultAt('needle.diameterMm')}
          />
          <Select
            label={words.arrangement}
            name="arrangement"
            options={(['round', 'flat', 'magnum', 'curved-magnum'] as const).map((id) => ({
              id,
              label: words.arrangements[id],
            }))}
            defaultValue={item?.needle?.arrangement ?? 'round'}
          />
        </div>
      ) : null}
      <input
        type="hidden"
        name="ingredients"
        value={JSON.stringify(
          kind === 'pigment'
            ? ingredients.map(({ texts, hazards: classes, phRegulator }) => ({
                name: texts.name ?? '',
                ciNumber: orNull(texts.ciNumber),
                cas: orNull(texts.cas),
                percent: number(texts.percent),
                hazards: classes,
                phRegulator,
              }))
            : [],
        )}
      />
      <input
        type="hidden"
        name="actives"
        value={JSON.stringify(
          kind === 'drug'
            ? actives.map(({ texts }) => ({
                substance: texts.substance ?? '',
                mgPer: number(texts.mgPer),
                per: texts.per ?? 'ml',
              }))
            : [],
        )}
      />
      {kind === 'consumable' ? null : (
        <PaperField
          name="safetySheet"
          label={words.safetySheet}
          error={faultAt('safetySheet')}
          words={words}
        />
      )}
      <TextField
        label={words.note}
        name="note"
        lines={2}
        defaultValue={item?.note ?? ''}
        optional={words.optional}
      />
      <div>
        <Button type="submit" look="strong">
          {words.save}
        </Button>
      </div>
    </Form>
  );
}
