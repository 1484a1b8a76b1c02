import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useOwnCall } from '../useCalls.ts';
import type { Figures } from './figures.ts';
import { type StatisticsOfPerson, type StatisticsRow, routeOf, statisticsOf } from './statistics.ts';
import styles from './StatisticsDialog.module.css';
import { useQualityState } from './useQuality.ts';

interface StatisticsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What flows in the call, in numbers, each two seconds anew. */
export function StatisticsDialog({ isOpen, onClose }: StatisticsDialogProps): ReactNode {
  const { t } = useTranslation('quality');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('statistics-title')} size="l">
      <Statistics />
    </Dialog>
  );
}

function Statistics(): ReactNode {
  const { t, i18n } = useTranslation('quality');
  const figures = useQualityState((state) => state.figures);
  const people = useOwnCall(({ active }) => active?.people);
  const words = useWords();
  if (!figures || !people) return <p className={styles['way']}>{t('statistics-none')}</p>;
  const statistics = statisticsOf(figures, people, i18n.language);
  const copy = (): void =>
    copyText(words.textOf(figures, statistics), t('statistics-copied'), t('statistics-notCopied'));
  return (
    <div className={styles['statistics']}>
      <p className={styles['way']}>{words.wayOf(figures)}</p>
      {statistics.map((one) => (
        <Person key={one.identity} person={one} />
      ))}
      <div className={styles['copy']}>
        <Button size="s" onClick={copy}>
          <Copy aria-hidden="true" />
          {t('statistics-copy')}
        </Button>
        <span>{t('statistics-copyNote')}</span>
      </div>
    </div>
  );
}

function Person({ person }: { readonly person: StatisticsOfPerson }): ReactNode {
  const { t } = useTranslation(['quality', 'calls']);
  const { what, columns } = useWords();
  return (
    <div className={styles['wide']}>
      <table className={styles['table']}>
        <caption>{person.isMe ? t('calls:nameAndYou', { name: person.name }) : person.name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {person.rows.map((row) => (
            <tr key={what(row)}>
              <th scope="row">{what(row)}</th>
              {[row.rate, row.loss, row.jitter, row.form].map((value, at) => (
                <td key={columns[at + 1]} data-column={columns[at + 1]}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useWords() {
  const { t } = useTranslation('quality');
  const way = useOwnCall(({ active }) => active?.way ?? null);
  const what = ({ stream }: StatisticsRow): string =>
    t(stream.direction === 'sent' ? 'statistics-sentOf' : 'statistics-receivedOf', {
      what: t(`statistics-${stream.source}`),
    });
  const columns = (['what', 'rate', 'loss', 'jitter', 'form'] as const).map((name) => t(`statistics-${name}`));
  const wayOf = ({ roundTripMs, path }: Figures): string =>
    [
      t('statistics-roundTrip', { ms: roundTripMs === null ? '–' : Math.round(roundTripMs) }),
      path && t(`statistics-${routeOf(path, way)}`, { protocol: path.protocol.toUpperCase() }),
    ]
      .filter((part) => typeof part === 'string')
      .join(' · ');
  return {
    what,
    columns,
    wayOf,
    /** For somebody who mends it: without names and addresses. */
    textOf: (figures: Figures, people: readonly StatisticsOfPerson[]): string =>
      [
        new Date(figures.at).toISOString(),
        navigator.userAgent,
        wayOf(figures),
        ...people.flatMap(({ isMe, rows }, at) => [
          '',
          isMe ? t('statistics-me') : t('statistics-someone', { number: at }),
          ...rows.map((row) => [what(row), row.rate, row.loss, row.jitter, row.form].join(' | ')),
        ]),
      ].join('\n'),
  };
}
