import { ScanQrCode } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../platform/api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AnswerLink } from './AnswerLink.tsx';
import { canScan, scan } from './codeScanner.ts';
import styles from './LinkOther.module.css';
import { useForm, wrong } from './useForm.ts';

interface LinkOtherProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly call: Call;
}

/** Signs another device in: its code is scanned or typed, and then looked at. */
export function LinkOther({ isOpen, onClose, call }: LinkOtherProps): ReactNode {
  const { t } = useTranslation('devices');
  const [code, setCode] = useState<string>();
  function close(): void {
    setCode(undefined);
    onClose();
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t(code === undefined ? 'linkOther' : 'letInTitle')}
      description={code === undefined ? t('linkOtherText') : undefined}
    >
      {code === undefined ? <GiveCode onCode={setCode} /> : <AnswerLink call={call} code={code} onDone={close} />}
    </Dialog>
  );
}

function GiveCode({ onCode }: { readonly onCode: (code: string) => void }): ReactNode {
  const { t } = useTranslation('devices');
  const [typed, setTyped] = useState('');
  const [isScanning, setScanning] = useState(false);
  const [hasNoCamera, setNoCamera] = useState(false);
  const form = useForm<'code'>({
    check: () => wrong([typed.trim() === '', 'code', t('codeMissing')]),
    placeOf: {},
    submit: async () => onCode(typed),
  });
  if (isScanning) {
    return (
      <Scanner
        onCode={onCode}
        onFailed={() => {
          setScanning(false);
          setNoCamera(true);
        }}
        onCancel={() => setScanning(false)}
      />
    );
  }
  return (
    <form className={styles['form']} onSubmit={form.onSubmit} noValidate>
      <TextField
        name="code"
        label={t('code')}
        hint={t('codeHint')}
        value={typed}
        onChange={(value) => {
          setTyped(value.toUpperCase());
          form.forgive('code');
        }}
        error={form.errors.get('code')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        dir="ltr"
        maxLength={20}
      />
      <Failure text={hasNoCamera ? t('noScan') : undefined} />
      <div className={styles['buttons']}>
        {canScan() && (
          <Button icon={<ScanQrCode />} onClick={() => setScanning(true)}>
            {t('scan')}
          </Button>
        )}
        <Button kind="primary" type="submit">
          {t('lookUp')}
        </Button>
      </div>
    </form>
  );
}

interface ScannerProps {
  readonly onCode: (code: string) => void;
  readonly onFailed: () => void;
  readonly onCancel: () => void;
}

function Scanner({ onCode, onFailed, onCancel }: ScannerProps): ReactNode {
  const { t } = useTranslation('devices');
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onFailed });
  useEffect(() => {
    latest.current = { onCode, onFailed };
  });
  useEffect(() => {
    if (!video.current) return undefined;
    let isOver = false;
    let stop: (() => void) | undefined;
    scan(video.current, (code) => !isOver && latest.current.onCode(code)).then(
      (stopping) => {
        if (isOver) stopping();
        else stop = stopping;
      },
      () => !isOver && latest.current.onFailed(),
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, []);
  return (
    <div className={styles['form']}>
      <video ref={video} className={styles['video']} muted playsInline />
      <output className={styles['hint']}>{t('scanning')}</output>
      <div className={styles['buttons']}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
