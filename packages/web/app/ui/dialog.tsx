import type { ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

/**
 * A question that must be answered before going on. `trigger` is the button that opens it; `children` and `actions`
 * receive `close`. Escape and a press outside close it unless `mustAnswer`.
 */
export function Dialog({
  trigger,
  title,
  mustAnswer = false,
  children,
  renderActions,
  isOpen,
  onOpenChange,
}: {
  readonly trigger?: ReactNode;
  readonly title: string;
  readonly mustAnswer?: boolean;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  readonly renderActions: (close: () => void) => ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}) {
  const opening = {
    ...(isOpen !== undefined && { isOpen }),
    ...(onOpenChange !== undefined && { onOpenChange }),
  };
  const overlay = (
    <ModalOverlay
      className="modal-ground"
      isDismissable={!mustAnswer}
      isKeyboardDismissDisabled={mustAnswer}
      {...(trigger === undefined ? opening : {})}
    >
      <Modal className="modal">
        <AriaDialog className="dialog" role={mustAnswer ? 'alertdialog' : 'dialog'}>
          {({ close }) => (
            <>
              <Heading slot="title">{title}</Heading>
              <div>{typeof children === 'function' ? children(close) : children}</div>
              <div className="dialog-actions">{renderActions(close)}</div>
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
  if (trigger === undefined) return overlay;
  return (
    <DialogTrigger {...opening}>
      {trigger}
      {overlay}
    </DialogTrigger>
  );
}
