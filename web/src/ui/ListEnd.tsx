import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { Failure } from './Failure.tsx';

interface ListEndProps {
  readonly list: {
    readonly hasMore: boolean;
    readonly isBusy: boolean;
    readonly error: string | undefined;
    load(): Promise<void>;
  };
}

/** What stands below a list that comes page by page: the way to more of it, and what went wrong. */
export function ListEnd({ list: { hasMore, isBusy, error, load } }: ListEndProps): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <>
      {hasMore && (
        <Button kind="quiet" isWide isBusy={isBusy} onClick={() => void load()}>
          {t('showMore')}
        </Button>
      )}
      <Failure text={error} />
    </>
  );
}
