import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';

interface FactsFailedProps {
  readonly failure: unknown;
  readonly onRetry: () => void;
}

export function FactsFailed({ failure, onRetry }: FactsFailedProps): ReactNode {
  const { t } = useTranslation('auth');
  const errorText = useErrorText();
  return (
    <Banner
      kind="danger"
      isRounded
      action={
        <Button size="s" icon={<RotateCw />} onClick={onRetry}>
          {t('retry')}
        </Button>
      }
    >
      {errorText(failure)}
    </Banner>
  );
}
