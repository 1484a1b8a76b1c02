import type { ChatId } from '@dialog/shared/contract/values';
import { ChevronDown, LayoutGrid, Pause, UserSquare2 } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { CompareHere } from '../comparing/CompareHere.tsx';
import { CallControls } from './CallControls.tsx';
import { KEYS, useCallKeys } from './callKeys.ts';
import styles from './CallStage.module.css';
import { CallTile } from './CallTile.tsx';
import { QualityNote } from '../quality/QualityNote.tsx';
import { StatisticsButton } from '../quality/StatisticsButton.tsx';
import { DeviceProblems } from '../devices/DeviceProblems.tsx';
import { arrange, tilesOf } from './layout.ts';
import { TileGrid } from './TileGrid.tsx';
import { useActive, useCalls, useChatName, useOwnCall } from '../useCalls.ts';
import { useFullScreen } from './useFullScreen.ts';

/** The call itself, over everything else. Dark in both themes, so that pictures are what is bright. */
export function CallStage(): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const name = useChatName(useActive(({ chatId }) => chatId));
  const root = useRef<HTMLElement>(null);
  const fullScreen = useFullScreen();
  useCallKeys({ own, toggleFullScreen: fullScreen.toggle });
  useDarkPage();
  useEffect(() => root.current?.focus(), []);
  return (
    <section
      ref={root}
      className={styles['stage']}
      data-theme="dark"
      data-call-stage=""
      aria-label={t('stage', { name })}
      tabIndex={-1}
    >
      <Head name={name} />
      <Notes />
      <Tiles />
      <div className={styles['foot']}>
        <CallControls fullScreen={fullScreen} />
      </div>
    </section>
  );
}

/** Menus and dialogs stand beside the stage in the page; while it is shown they are as dark as it. */
function useDarkPage(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    const before = dataset['theme'];
    dataset['theme'] = 'dark';
    return () => {
      if (before === undefined) delete dataset['theme'];
      else dataset['theme'] = before;
    };
  }, []);
}

function Head({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const view = useActive((call) => call.view);
  const count = useActive(({ people }) => people.length);
  return (
    <header className={styles['head']}>
      <IconButton label={t('minimize')} keys={KEYS.minimize} onClick={() => own.showStage(false)}>
        <ChevronDown />
      </IconButton>
      <div className={styles['title']}>
        <h2 className={styles['name']}>{name}</h2>
        <span className={styles['count']}>{t('goingOnWith', { count })}</span>
      </div>
      <CompareHere />
      <StatisticsButton />
      <IconButton
        label={t(view === 'grid' ? 'viewSpeaker' : 'viewGrid')}
        keys={KEYS.view}
        onClick={() => own.show(view === 'grid' ? 'speaker' : 'grid')}
      >
        {view === 'grid' ? <UserSquare2 /> : <LayoutGrid />}
      </IconButton>
    </header>
  );
}

/** What everyone in the call should know, each with its way out. */
function Notes(): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const { link, share, isSoundBlocked } = useActive((call) => call);
  return (
    <div className={styles['notes']}>
      {link === 'connecting' && <Banner isRounded>{t('connecting')}</Banner>}
      {link === 'lost' && (
        <Banner isRounded kind="warning">
          {t('reconnecting')}
        </Banner>
      )}
      {isSoundBlocked && (
        <Banner
          isRounded
          kind="warning"
          action={
            <Button size="s" onClick={own.playSound}>
              {t('playSound')}
            </Button>
          }
        >
          {t('soundBlocked')}
        </Banner>
      )}
      {share.status === 'on' && (
        <Banner
          isRounded
          action={
            <Button size="s" onClick={own.stopSharing}>
              {t('stopSharing')}
            </Button>
          }
        >
          {t(share.hasSound ? 'sharingWithSound' : 'sharingSilently')}
        </Banner>
      )}
      {share.status === 'off' && share.hasFailed && (
        <Banner isRounded kind="danger">
          {t('shareFailed')}
        </Banner>
      )}
      <QualityNote />
      <HeldNote />
      <DeviceProblems />
    </div>
  );
}

/** Beside the call that goes on, one that waits. */
function HeldNote(): ReactNode {
  const held = useOwnCall((state) => state.held?.chatId ?? null);
  return held && <Held chatId={held} />;
}

function Held({ chatId }: { readonly chatId: ChatId }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const name = useChatName(chatId);
  return (
    <Banner
      isRounded
      icon={<Pause />}
      action={
        <Button size="s" onClick={own.resume}>
          {t('resume')}
        </Button>
      }
    >
      {t('onHold', { name })}
    </Banner>
  );
}

function Tiles(): ReactNode {
  const { t } = useTranslation('calls');
  const people = useActive((call) => call.people);
  const view = useActive((call) => call.view);
  const pinned = useActive((call) => call.pinned);
  const link = useActive((call) => call.link);
  const { main, rest } = useMemo(() => arrange(tilesOf(people), view, pinned), [people, view, pinned]);
  const isAlone = people.length === 1 && link === 'up';
  return (
    <div className={classes(styles['tiles'], main !== null && styles['withMain'])}>
      {main && (
        <ul className={styles['main']} aria-label={t('pin', { name: main.participant.name })}>
          <CallTile key={main.id} tile={main} isMain />
        </ul>
      )}
      {rest.length > 0 && <TileGrid tiles={rest} isStrip={main !== null} label={t('people')} />}
      {isAlone && (
        <output className={styles['alone']}>
          <strong>{t('aloneTitle')}</strong>
          {t('aloneText')}
        </output>
      )}
    </div>
  );
}
