import {
  cloneElement,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  Suspense,
  useRef,
  useState,
} from 'react';
import { lazy } from '../platform/late.ts';
import type { PickerTab } from './pickerTab.ts';
import { useRecentEmoji } from './useRecentEmoji.ts';

interface EmojiPickerProps {
  /** A button; `<IconButton hasTooltip={false}>` for instance. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly onPick: (emoji: string) => void;
  /** Where the focus goes afterwards, when not back to the trigger. */
  readonly returnFocus?: RefObject<HTMLElement | null>;
  /** What else can be picked here. */
  readonly beside?: PickerTab | undefined;
}

const loadPopup = (): Promise<typeof import('./EmojiPickerPopup.tsx')> => import('./EmojiPickerPopup.tsx');
const EmojiPickerPopup = lazy(async () => ({ default: (await loadPopup()).EmojiPickerPopup }));

/** Opens all emoji beside a button. They and all that shows them come when a hand comes near. */
export function EmojiPicker({ trigger, onPick, returnFocus, beside }: EmojiPickerProps): ReactNode {
  const recent = useRecentEmoji();
  const anchor = useRef<HTMLElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const prepare = (): void => void loadPopup().catch(() => undefined);

  function pick(emoji: string): void {
    setOpen(false);
    recent.use(emoji);
    onPick(emoji);
  }

  return (
    <>
      {cloneElement(trigger, {
        ref: anchor,
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        'data-popup-open': isOpen ? '' : undefined,
        onPointerEnter: prepare,
        onFocus: prepare,
        onClick(event: MouseEvent) {
          event.preventDefault();
          setOpened(true);
          setOpen((was) => !was);
        },
      })}
      {wasOpened && (
        <Suspense>
          <EmojiPickerPopup
            isOpen={isOpen}
            onOpenChange={setOpen}
            anchor={anchor}
            returnFocus={returnFocus ?? anchor}
            onPick={pick}
            beside={beside}
          />
        </Suspense>
      )}
    </>
  );
}
