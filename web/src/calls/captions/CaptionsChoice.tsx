import { Languages } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import { languageOf } from './languages.ts';
import { chooseCaptionLanguage, useCaptionLanguages } from './useCaptionLanguages.ts';

/** Whether there are captions, and in which language the others speak; nothing where this browser can write none. */
export function CaptionsChoice(): ReactNode {
  const { t, i18n } = useTranslation('lobby');
  const { media } = useCalls().own;
  const hasCaptions = useLocalMedia(({ habits }) => habits.hasCaptions);
  const { languages, language } = useCaptionLanguages();
  if (language === undefined) return null;
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  return (
    <>
      <Switch
        label={t('captions')}
        hint={t('captionsHint')}
        isOn={hasCaptions}
        onChange={(isOn) => media.setHabits({ hasCaptions: isOn })}
      />
      {hasCaptions && languages.length > 1 && (
        <Select
          label={t('captionsLanguage')}
          value={language}
          options={languages.map((value) => ({ value, label: names.of(languageOf(value)) ?? value }))}
          lead={<Languages />}
          onChange={chooseCaptionLanguage}
        />
      )}
    </>
  );
}
