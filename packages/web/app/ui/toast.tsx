import { createContext, type ReactNode, useContext, useState } from 'react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast';
import { Button } from './button.tsx';
import type { Tone } from './surfaces.tsx';

interface Said {
  readonly text: string;
  readonly tone: Tone;
  /** Until it is closed, for what must not be missed. */
  readonly stays?: boolean;
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

const QueueContext = createContext<ToastQueue<Said> | undefined>(undefined);

/** Gives the pages inside it {@link useToast}. Messages stay long enough to be read, and while they are pointed at. */
export function Toasts({
  label,
  closeLabel,
  children,
}: {
  readonly label: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
}) {
  const [queue] = useState(() => new ToastQueue<Said>({ maxVisibleToasts: 3 }));
  return (
    <QueueContext value={queue}>
      {children}
      <ToastRegion queue={queue} className="toasts" aria-label={label}>
        {({ toast }) => (
          <Toast toast={toast} className="toast" data-tone={toast.content.tone}>
            <ToastContent>
              <Text slot="title">{toast.content.text}</Text>
            </ToastContent>
            <div className="row">
              {toast.content.action ? (
                <Button
                  look="quiet"
                  onPress={() => {
                    toast.content.action?.onPress();
                    queue.close(toast.key);
                  }}
                >
                  {toast.content.action.label}
                </Button>
              ) : null}
              <Button slot="close" look="quiet" icon aria-label={closeLabel}>
                ✕
              </Button>
            </div>
          </Toast>
        )}
      </ToastRegion>
    </QueueContext>
  );
}

/** Says something that needs no answer. With an action (undo), it stays until it is closed. */
export function useToast(): (said: Said) => void {
  const queue = useContext(QueueContext);
  if (!queue)
    throw Object.assign(new Error('useToast needs <Toasts> around the page'), { code: 'toasts-missing' });
  return (said) => {
    queue.add(said, said.action || said.stays ? {} : { timeout: 6000 });
  };
}
