import { AppWindow, Check, Monitor, PanelTop } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keep, kept } from '../../platform/keepsakes.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useActive, useCalls } from '../useCalls.ts';
import { readWish, type ShareWish, SURFACES } from './share.ts';
import { canPreferSurface, soundHope, thisBrowser } from './shareAbility.ts';
import styles from './ShareDialog.module.css';
import { lookOf, LOOKS } from './looks.ts';

const ICONS = { monitor: Monitor, window: AppWindow, browser: PanelTop };

/** How to share, and whether sound goes along: said before the browser asks what. */
export function ShareDialog(): ReactNode {
  const { t } = useTranslation('screens');
  const { own } = useCalls();
  const isOpen = useActive(({ share }) => share.status === 'asking');
  const [wish, setWish] = useState(() => readWish(kept('share-wish')));
  const change = (part: Partial<ShareWish>): void => setWish({ ...wish, ...part });
  const hope = soundHope(wish.surface, thisBrowser());
  const isSilent = hope === 'never';

  function start(): void {
    keep('share-wish', JSON.stringify(wish));
    own.share({ act: 'start', wish: { ...wish, hasSound: wish.hasSound && !isSilent } });
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => own.share({ act: 'dismiss' })}
      title={t('start')}
      footer={
        <Button kind="primary" onClick={start}>
          {t('choose')}
        </Button>
      }
    >
      <div className={styles['form']}>
        {canPreferSurface() && (
          <Choices
            label={t('what')}
            isRow
            value={wish.surface}
            options={SURFACES.map((value) => {
              const Icon = ICONS[value];
              return { value, label: t(value), icon: <Icon aria-hidden="true" /> };
            })}
            onChange={(surface) => change({ surface })}
          />
        )}
        <Choices
          label={t('how')}
          value={lookOf(wish)}
          options={LOOKS.map(({ value }) => ({ value, label: t(value), hint: t(`${value}Hint`) }))}
          onChange={(look) => change(LOOKS.find(({ value }) => value === look) ?? {})}
        />
        <Switch
          label={t('withSound')}
          hint={t(`hope-${hope}`)}
          isOn={wish.hasSound && !isSilent}
          isDisabled={isSilent}
          onChange={(hasSound) => change({ hasSound })}
        />
      </div>
    </Dialog>
  );
}

interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly hint?: string;
    readonly icon?: ReactNode;
  }[];
  readonly isRow?: boolean;
  readonly onChange: (value: Value) => void;
}

function Choices<Value extends string>(props: ChoicesProps<Value>): ReactNode {
  const { label, value, options, isRow = false, onChange } = props;
  const name = useId();
  return (
    <fieldset className={isRow ? styles['row'] : styles['lines']}>
      <legend className={styles['legend']}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['choice']}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          <span className={styles['words']}>
            <span>{option.label}</span>
            {option.hint !== undefined && <span className={styles['hint']}>{option.hint}</span>}
          </span>
          {!isRow && <Check className={styles['tick']} aria-hidden="true" />}
        </label>
      ))}
    </fieldset>
  );
}
