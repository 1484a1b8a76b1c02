import { UserName } from '@dialog/shared/users.values';
import { Copy } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Profile.module.css';
import type { ProfileProps } from './ProfileSections.tsx';

/** The name one signs in with and is found by. */
export function UserNameForm({ profile, actions }: ProfileProps): ReactNode {
  const { t } = useTranslation('profile');
  const { act, isBusy, error } = useAct();
  const { userName } = profile.user;
  const [wanted, setWanted] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const isSame = wanted === undefined || wanted.trim().toLowerCase() === userName;

  async function change(event: FormEvent): Promise<void> {
    event.preventDefault();
    const name = UserName.safeParse(wanted);
    setWrong(!name.success);
    if (!name.success || isSame || isBusy) return;
    const isChanged = await act(async () => {
      await actions.changeUserName(name.data);
      return true;
    });
    if (isChanged !== true) return;
    setWanted(undefined);
    toast(t('userNameChanged'), { kind: 'success' });
  }

  return (
    <Section title={t('userName')} text={t('userNameText')} anchor="userName">
      <p className={styles['userName']}>
        <bdi dir="ltr">@{userName}</bdi>
        <IconButton size="s" label={t('copyUserName')} onClick={() => copyText(userName, t('copied'), t('copyFailed'))}>
          <Copy />
        </IconButton>
      </p>
      <form className={styles['line']} onSubmit={(event) => void change(event)} noValidate>
        <TextField
          label={t('newUserName')}
          value={wanted ?? ''}
          onChange={(value) => {
            setWanted(value === '' ? undefined : value);
            setWrong(false);
          }}
          error={isWrong ? t('noUserName') : error}
          maxLength={32}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
        />
        <Button type="submit" isBusy={isBusy} disabled={isSame}>
          {t('changeUserName')}
        </Button>
      </form>
    </Section>
  );
}
