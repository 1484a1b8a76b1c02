import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import type { CallId, UserId } from '@dialog/shared/contract/values';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toast.ts';
import { useCalls } from '../useCalls.ts';
import type { OrderNote } from './call.order.ts';
import { useNameOf, useOrder } from './useOrder.ts';

/** Says on every page what those who keep order do in my call, and who it was. */
export function CallOrder(): ReactNode {
  const order = useOrder();
  const say = useSay();
  const latest = useRef(say);
  useEffect(() => {
    latest.current = say;
  });
  useEffect(() => order.onNote((note) => latest.current(note)), [order]);
  return null;
}

/** By what was done, to others and to me; null: it needs no words. */
const SENTENCES = {
  microphone: ['order-saidMuted', 'order-mutedYou'],
  camera: ['order-saidCamera', 'order-saidCameraYou'],
  screen: ['order-saidScreen', 'order-saidScreenYou'],
  askedToUnmute: ['order-asksYou', 'order-asksYou'],
  removed: ['order-saidRemoved', 'order-saidRemovedYou'],
  admittedAgain: ['order-saidAdmitted', null],
  ended: ['order-saidEnded', 'order-saidEnded'],
} as const;

function useSay(): (note: OrderNote) => void {
  const { t } = useTranslation('calls');
  const { chats, call, own } = useCalls();
  const order = useOrder();
  const nameOf = useNameOf();

  function sayRemoved(userId: UserId, callId: CallId): void {
    const params = { callId, userId };
    const letBackIn = (): void => void call(callModerationRoutes.admitToCallAgain, { params }).catch(() => {}); // The menu has it still.
    toast(t('order-youRemoved', { name: nameOf(userId) }), {
      action: { label: t('order-letBackIn'), run: letBackIn },
    });
  }

  function sayOthers({ by, act }: OrderNote, isStageOpen: boolean): void {
    const about = 'userId' in act ? act.userId : null;
    const [toOthers, toMe] = SENTENCES[act.what === 'muted' ? act.source : act.what];
    const key = about === chats.me ? toMe : toOthers;
    const isMine = about === chats.me && isAboutMicrophone(act);
    // On the stage it stands until I have decided (OrderNotes).
    if (key === null || (isMine && isStageOpen)) return;
    const text = t(key, { by: nameOf(by), name: about ? nameOf(about) : '' });
    toast(text, isMine ? { action: { label: t('unmute'), run: order.unmute } } : {});
  }

  return (note) => {
    const { active } = own.store.getState();
    if (note.by !== chats.me) sayOthers(note, active?.isStageOpen === true);
    else if (note.act.what === 'removed' && active) sayRemoved(note.act.userId, active.callId);
  };
}

function isAboutMicrophone(act: OrderNote['act']): boolean {
  return act.what === 'askedToUnmute' || (act.what === 'muted' && act.source === 'microphone');
}
