import { MessagesSquare, Phone, Search, SquarePen } from 'lucide-react';
import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { GalleryLayer } from '../attachments/GalleryLayer.tsx';
import { PlayerLayer } from '../attachments/PlayerLayer.tsx';
import { CallBadge } from '../calls/CallBadge.tsx';
import { useCalls, useOwnCall } from '../calls/useCalls.ts';
import { ChatList } from '../chats/ChatList.tsx';
import { ChatExtrasOf } from '../messages/ChatExtrasOf.ts';
import { lazy } from '../platform/late.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useEverTrue } from '../ui/useEverTrue.ts';
import { AskedLayer } from './AskedLayer.tsx';
import { Beside } from './Beside.tsx';
import { ConnectionNote } from './ConnectionNote.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { NotFound } from './pages.tsx';
import { PersonCardLayer } from './PersonCardLayer.tsx';
import { openPalette, paletteStore } from './palette.ts';
import type { Place } from './router.ts';
import { useShortcuts } from './shortcuts.ts';
import { loadPastCalls } from './pastCalls.late.ts';
import { PeopleButton } from './PeopleButton.tsx';
import { SidebarSkeleton } from './ShellSkeleton.tsx';
import { SidebarBar } from './SidebarBar.tsx';
import { loadSidebarNotes } from './sidebarNotes.late.ts';
import styles from './Shell.module.css';
import { settingsFrame } from './settings/frame.late.ts';
import { useApp, usePlace } from './useApp.ts';
import { useDetails } from './useDetails.ts';
import { useIsAtCall } from './useIsAtCall.ts';
import { useFocusAfterSettings } from './useFocusAfterSettings.ts';
import { useKnocks } from './useKnocks.ts';
import { usePlaceAfterSignIn } from './usePlaceAfterSignIn.ts';
import { useSession } from './useSession.ts';
import { useStagePlace } from './useStagePlace.ts';
import { useThreadPane } from './useThreadPane.ts';
import { useTitle } from './useTitle.ts';
import { bringLateWords } from './words.late.ts';

const CallBar = lazy(async () => ({ default: (await import('../calls/CallBar.tsx')).CallBar }));
const CallsHere = lazy(async () => {
  const [{ CallsHere: Here }] = await Promise.all([import('./CallsHere.tsx'), bringLateWords()]);
  return { default: Here };
});
const ChatPane = lazy(async () => ({ default: (await import('./ChatPane.tsx')).ChatPane }));
const MessageCaption = lazy(async () => ({ default: (await import('../messages/MessageCaption.tsx')).MessageCaption }));
const SettingsNav = lazy(async () => ({ default: (await settingsFrame.load()).Nav }));
const SettingsPane = lazy(async () => ({ default: (await settingsFrame.load()).Pane }));
const PaletteHere = lazy(async () => ({ default: (await import('./PaletteHere.tsx')).PaletteHere }));
const NewChatDialog = lazy(async () => ({ default: (await import('../chats/NewChatDialog.tsx')).NewChatDialog }));
const ShareHere = lazy(async () => ({ default: (await import('./ShareHere.tsx')).ShareHere }));
const SidebarNotes = lazy(loadSidebarNotes);
const PeopleHere = lazy(async () => ({ default: (await import('./PeopleHere.tsx')).PeopleHere }));
const PastCallsHere = lazy(loadPastCalls);
const LinkHere = lazy(async () => ({ default: await (await import('./LinkHere.tsx')).loadLinkHere() }));
const PersonItems = lazy(async () => ({ default: (await import('../people/PersonMenuItems.tsx')).PersonMenuItems }));
const JoinHere = lazy(async () => ({ default: (await import('./JoinHere.tsx')).JoinHere }));

/** Three panes on a wide screen, two on a middling one, one on a phone. */
export function Shell(): ReactNode {
  const { t } = useTranslation('app');
  const { router } = useApp();
  const place = usePlace();
  const [isNewChat, setNewChat] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const isFinding = useStore(paletteStore, ({ isOpen }) => isOpen);
  const wasFinding = useEverTrue(isFinding);
  const { own } = useCalls();
  const isInCall = useOwnCall(({ active, held }) => (active ?? held) !== null);
  const isNearCall = useEverTrue(useIsAtCall());
  const stagePlace = useStagePlace(place);
  const details = useDetails(place);
  const thread = useThreadPane(place);
  const wasNewChat = useEverTrue(isNewChat);
  usePlaceAfterSignIn(place);
  useTitle(place);
  const sidebar = useRef<HTMLElement>(null);
  useFocusAfterSettings(sidebar, place);
  useKnocks();
  useShortcuts({ closeDetails: () => thread.close() || details.close() || closeBesideCall() });
  function closeBesideCall(): boolean {
    if (stagePlace === 'beside') own.showChat(false);
    return stagePlace !== undefined;
  }

  // The rows of the list are spared a render by what stays the same.
  const open = useCallback(
    (chatId: ChatId | undefined): void => router.go(chatId ? { name: 'chat', chatId } : { name: 'home' }),
    [router],
  );
  const startChat = (): void => setNewChat(true);
  return (
    <div
      className={styles['shell']}
      data-pane={paneOf(place)}
      data-call={stagePlace}
      data-details={thread.open ? 'thread' : details.chatId && 'details'}
    >
      <a className={styles['skip']} href="#main">
        {t('toContent')}
      </a>
      {isInCall && (
        <div className={styles['call']}>
          <Suspense>
            <CallBar />
          </Suspense>
        </div>
      )}
      {/* Kept while one is in the settings, with all that is scrolled to and open. */}
      <nav
        ref={sidebar}
        className={styles['sidebar']}
        aria-label={t('chats')}
        hidden={place.name === 'settings'}
        inert={stagePlace !== undefined}
      >
        <SidebarBar isLeaving={isLeaving} onLeaving={setLeaving}>
          <PeopleButton />
          <IconButton label={t('calls')} onClick={() => router.go({ name: 'calls' })}>
            <Phone />
          </IconButton>
          <IconButton label={t('search')} keys="Ctrl+K" onClick={openPalette}>
            <Search />
          </IconButton>
          <IconButton label={t('newChat')} kind="accent" onClick={startChat}>
            <SquarePen />
          </IconButton>
        </SidebarBar>
        <div className={styles['fill']}>
          <ChatList
            selectedId={place.name === 'chat' ? place.chatId : undefined}
            onOpen={open}
            onNewChat={startChat}
            Extras={ChatExtrasOf}
            renderCallBadge={callBadgeOf}
            renderMenuEnd={menuEndOf}
          />
        </div>
        <Suspense>
          <SidebarNotes />
        </Suspense>
      </nav>
      {place.name === 'settings' && (
        <Suspense fallback={<SidebarSkeleton />}>
          <SettingsNav place={place} />
        </Suspense>
      )}
      <main id="main" className={styles['main']} tabIndex={-1} inert={stagePlace === 'over'}>
        <PlayerLayer openChatId={place.name === 'chat' ? place.chatId : undefined} />
        <Suspense>
          <MainPane
            place={place}
            onStartChat={startChat}
            onOpenDetails={() => thread.giveWay(details.what === 'details' && details.chatId, details.toggle)}
            onSearch={() => thread.giveWay(details.what === 'search' && details.chatId, details.toggleSearch)}
          />
        </Suspense>
      </main>
      <Beside details={details} thread={thread} onOpen={open} />
      {wasNewChat && (
        <Suspense>
          <NewChatDialog
            isOpen={isNewChat}
            onClose={() => setNewChat(false)}
            onOpen={(chatId) => {
              setNewChat(false);
              open(chatId);
            }}
          />
        </Suspense>
      )}
      {wasFinding && (
        <Suspense>
          <PaletteHere onNewChat={startChat} onSignOut={() => setLeaving(true)} />
        </Suspense>
      )}
      <ConnectionNote />
      <GalleryLayer Caption={MessageCaption} />
      {isNearCall && (
        <Suspense>
          <CallsHere />
        </Suspense>
      )}
      <PersonCardLayer />
      <AskedLayer />
      <KeysHelp />
    </div>
  );
}

/** What a phone shows, which has room for one pane. */
function paneOf(place: Place): 'list' | 'main' {
  const isList = place.name === 'home' || (place.name === 'settings' && place.section === undefined);
  return isList ? 'list' : 'main';
}

function callBadgeOf(chatId: ChatId): ReactNode {
  return <CallBadge chatId={chatId} />;
}

function menuEndOf({ peer }: ChatSummary): ReactNode {
  return peer && <PersonItems user={peer} />;
}

interface MainPaneProps {
  readonly place: Place;
  readonly onStartChat: () => void;
  readonly onOpenDetails: () => void;
  readonly onSearch: () => void;
}

function MainPane(props: MainPaneProps): ReactNode {
  const { place, onOpenDetails, onSearch } = props;
  if (place.name === 'settings') return <SettingsPane place={place} />;
  if (place.name === 'chat')
    return <ChatPane chatId={place.chatId} onOpenDetails={onOpenDetails} onSearch={onSearch} />;
  return <OtherPane {...props} />;
}

/** What is neither a chat nor the settings. */
function OtherPane({ place, onStartChat }: Pick<MainPaneProps, 'place' | 'onStartChat'>): ReactNode {
  if (place.name === 'people') return <PeopleHere />;
  if (place.name === 'calls') return <PastCallsHere />;
  if (place.name === 'add') return <PeopleHere code={place.code} />;
  if (place.name === 'share') return <ShareHere />;
  if (place.name === 'link') return <LinkHere />;
  if (place.name === 'join') return <JoinHere code={place.code} />;
  if (place.name === 'not-found' || place.name === 'gallery') return <NotFound />;
  return <NoChat onStartChat={onStartChat} />;
}

function NoChat({ onStartChat }: Pick<MainPaneProps, 'onStartChat'>): ReactNode {
  const { t } = useTranslation('app');
  const { sync } = useSession().chats;
  const hasChats = useStore(sync.store, ({ list }) => list.chats.size > 0);
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title={t(hasChats ? 'noChatTitle' : 'welcomeTitle')}
      text={t(hasChats ? 'noChatText' : 'welcomeText')}
      action={hasChats && <Button onClick={onStartChat}>{t('newChat')}</Button>}
    />
  );
}
