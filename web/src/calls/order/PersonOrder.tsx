import { callModerationRoutes } from '@dialog/shared/calls.moderation';
import type { CallSource } from '@dialog/shared/calls.moderation.values';
import { HandHelping, MicOff, ScreenShareOff, UserX, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../platform/useErrorText.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toast.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useActive, useCalls } from '../useCalls.ts';

interface PersonOrderProps {
  readonly participant: Participant;
  readonly onRemove: () => void;
}

/** In the menu of somebody in the call, for those who keep order: what may be done to this person. */
export function PersonOrder({ participant, onRemove }: PersonOrderProps): ReactNode {
  const { t } = useTranslation('calls');
  const { call } = useCalls();
  const errorText = useErrorText();
  const callId = useActive((active) => active.callId);
  const { name, userId, isMuted, camera, screen } = participant;
  const params = { callId, userId };
  const failed = (failure: unknown): void => toast(errorText(failure), { kind: 'danger' });
  const mute = (source: CallSource): void =>
    void call(callModerationRoutes.muteInCall, { params, body: { source } }).catch(failed);
  const ask = (): void =>
    void call(callModerationRoutes.askToUnmute, { params }).then(() => toast(t('order-asked', { name })), failed);
  return (
    <>
      <MenuSeparator />
      {isMuted ? (
        <MenuItem icon={<HandHelping />} onSelect={ask}>
          {t('order-ask')}
        </MenuItem>
      ) : (
        <MenuItem icon={<MicOff />} onSelect={() => mute('microphone')}>
          {t('order-mute')}
        </MenuItem>
      )}
      {camera && (
        <MenuItem icon={<VideoOff />} onSelect={() => mute('camera')}>
          {t('order-camera')}
        </MenuItem>
      )}
      {screen && (
        <MenuItem icon={<ScreenShareOff />} onSelect={() => mute('screen')}>
          {t('order-screen')}
        </MenuItem>
      )}
      <MenuItem icon={<UserX />} isDanger onSelect={onRemove}>
        {t('order-remove')}
      </MenuItem>
    </>
  );
}

interface RemoveDialogProps {
  readonly participant: Participant;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function RemoveDialog({ participant: { name, userId }, isOpen, onClose }: RemoveDialogProps): ReactNode {
  const { t } = useTranslation('calls');
  const { call } = useCalls();
  const errorText = useErrorText();
  const callId = useActive((active) => active.callId);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('order-removeTitle', { name })}
      text={t('order-removeText', { name })}
      confirmLabel={t('order-remove')}
      isDanger
      onConfirm={() => call(callModerationRoutes.removeFromCall, { params: { callId, userId } })}
      errorText={errorText}
    />
  );
}
