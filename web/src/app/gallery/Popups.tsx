import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Gallery.module.css';

const nothing = (): void => undefined;
const VIEWS = [
  { value: 'grid', label: 'Grid' },
  { value: 'speaker', label: 'Speaker' },
] as const;

export function Popups(): ReactNode {
  const [open, setOpen] = useState<'dialog' | 'confirm' | 'failing'>();
  const [view, setView] = useState<'grid' | 'speaker'>('grid');
  const [name, setName] = useState('Tea group');
  const close = (): void => setOpen(undefined);
  return (
    <Section title="Menu, Dialog, ConfirmDialog">
      <div className={styles['row']}>
        <Menu
          align="start"
          trigger={
            <IconButton label="More" hasTooltip={false}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil />} onSelect={nothing}>
            Rename
          </MenuItem>
          <MenuItem onSelect={nothing} isDisabled>
            Disabled
          </MenuItem>
          <MenuSeparator />
          <MenuChoice label="View" value={view} options={VIEWS} onChange={setView} />
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} onSelect={nothing} isDanger>
            Leave
          </MenuItem>
        </Menu>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
        <Button onClick={() => setOpen('failing')}>Confirm, failing</Button>
      </div>
      <Dialog
        isOpen={open === 'dialog'}
        onClose={close}
        title="Rename group"
        description="Everyone in it sees the new name."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button kind="primary" onClick={close}>
              Rename
            </Button>
          </>
        }
      >
        <TextField label="Name" value={name} onChange={setName} />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm' || open === 'failing'}
        onClose={close}
        title="Leave the group?"
        text="You can only come back when someone adds you."
        confirmLabel="Leave"
        isDanger
        onConfirm={() => (open === 'failing' ? Promise.reject(new Error('no')) : Promise.resolve())}
        errorText={() => 'The server cannot be reached right now.'}
      />
    </Section>
  );
}
