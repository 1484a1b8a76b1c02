import { Ellipsis, Pin, PinOff, Volume2 } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '../../platform/late.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { WhenOpened } from '../../ui/WhenOpened.tsx';
import { PersonOrder, RemoveDialog } from '../order/late.ts';
import { useMayOrder } from '../order/useMayOrder.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useStage, useStageState } from './useStage.ts';

const VolumeDialog = lazy(async () => ({ default: (await import('./VolumeDialog.tsx')).VolumeDialog }));

interface PersonMenuProps {
  readonly participant: Participant;
}

/** What one can do about someone in the call, on their tile and in the list of people. */
export function PersonMenu({ participant }: PersonMenuProps): ReactNode {
  const { t } = useTranslation('stage');
  const [isVolumeOpen, setVolumeOpen] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const { name, isMe } = participant;
  const mayOrder = useMayOrder(participant.userId) && !isMe;
  const trigger = (
    <IconButton size="s" label={t('personMenu', { name })} hasTooltip={false}>
      <Ellipsis />
    </IconButton>
  );
  return (
    <>
      <Menu trigger={trigger}>
        <PinItem participant={participant} />
        {!isMe && (
          <MenuItem icon={<Volume2 />} onSelect={() => setVolumeOpen(true)}>
            {t('volumeOf', { name })}
          </MenuItem>
        )}
        <Suspense>{mayOrder && <PersonOrder participant={participant} onRemove={() => setRemoving(true)} />}</Suspense>
      </Menu>
      <Suspense>
        {mayOrder && <RemoveDialog participant={participant} isOpen={isRemoving} onClose={() => setRemoving(false)} />}
      </Suspense>
      <WhenOpened isOpen={isVolumeOpen}>
        <VolumeDialog participant={participant} isOpen={isVolumeOpen} onClose={() => setVolumeOpen(false)} />
      </WhenOpened>
    </>
  );
}

function PinItem({ participant: { identity, name } }: PersonMenuProps): ReactNode {
  const { t } = useTranslation('calls');
  const stage = useStage();
  const isPinned = useStageState(({ pinned }) => pinned === identity);
  return (
    <MenuItem icon={isPinned ? <PinOff /> : <Pin />} onSelect={() => stage.pin(identity)}>
      {t(isPinned ? 'unpin' : 'pin', { name })}
    </MenuItem>
  );
}
