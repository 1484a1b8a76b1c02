import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SelectProps } from './Select.tsx';
import styles from './Select.module.css';
import { usePopupHome } from './popupHome.ts';

/** The heavy half of `Select`. */
export function SelectPopup<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { label, isLabelHidden = false, value, options, onChange, isDisabled = false, lead } = props;
  const home = usePopupHome();
  // The page allows no styles in the document; it needs none of those that this would put there.
  return (
    <CSPProvider disableStyleElements>
      <Base.Root
        items={options}
        value={value}
        disabled={isDisabled}
        modal={false}
        onValueChange={(next) => next !== null && onChange(next)}
      >
        <div className={styles['field']}>
          <Base.Label className={isLabelHidden ? 'visually-hidden' : styles['label']}>{label}</Base.Label>
          <Base.Trigger className={styles['trigger']}>
            {lead !== undefined && <span className={styles['lead']}>{lead}</span>}
            <Base.Value className={styles['value']} />
            <Base.Icon className={styles['icon']}>
              <ChevronsUpDown />
            </Base.Icon>
          </Base.Trigger>
        </div>
        <Base.Portal container={home}>
          <Base.Positioner
            className={styles['positioner']}
            sideOffset={4}
            alignItemWithTrigger={false}
            collisionPadding={8}
          >
            <Base.Popup className={styles['popup']}>
              <Base.List>
                {options.map((option) => (
                  <Base.Item key={option.value} value={option.value} className={styles['item']}>
                    <Base.ItemText>{option.label}</Base.ItemText>
                    <Base.ItemIndicator className={styles['check']}>
                      <Check />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  );
}
