/** What mails say. `{name}` is filled in. The same keys and gaps in every language, which a test looks after. */
export const words = {
  hello: 'Hello {name},',
  why: 'You get this mail because somebody gave this address at {server}.',
  ignore: 'If that was not you, you need not do anything: without the link nothing happens.',
  confirm: {
    subject: 'Confirm your e-mail address',
    text: 'please confirm that this address belongs to your account {userName}. The link works once, for {hours} hours.',
    link: 'Confirm the address',
  },
  changed: {
    subject: 'Your e-mail address was changed',
    text: 'your account {userName} at {server} has another e-mail address now. This one is not used any more.',
    otherwise:
      'If that was not you, somebody else is in your account: sign in, change your password and sign out all other devices.',
  },
  removed: {
    subject: 'Your e-mail address was removed',
    text: 'this address was taken off your account {userName} at {server}. It can no longer be used to sign in or to get a new password.',
    otherwise:
      'If that was not you, somebody else is in your account: sign in, change your password and sign out all other devices.',
  },
  recovery: {
    subject: 'A new password for your account',
    text: 'somebody asked for a new password for your account {userName}. The link works once, for {hours} hour. All devices are signed out by it.',
    link: 'Choose a new password',
    otherwise: 'If that was not you, you need not do anything: your password stays as it is.',
  },
  passwordChanged: {
    subject: 'Your password was changed',
    text: 'the password of your account {userName} at {server} was changed through a link that was sent to this address. All devices were signed out.',
    otherwise:
      'If that was not you, somebody reads your mail. Change the password of your mailbox first, then this one.',
  },
  signIn: {
    subject: 'New sign-in to your account',
    text: 'a new device has signed in to your account {userName} at {server}: {device}, {time}.',
    otherwise: 'If that was not you, change your password and sign out the device under Settings, Devices.',
  },
  proofs: {
    subject: 'How you sign in has changed',
    text: 'something changed in your account {userName} at {server}, on {device}, {time}:',
    otherwise:
      'If that was not you, somebody else is in your account: change your password, sign out all other devices, and look through Settings, Security.',
    'passkey-added': 'A passkey was added.',
    'passkey-removed': 'A passkey was removed.',
    'passkey-step-on': 'A passkey is asked for after the password from now on.',
    'passkey-step-off': 'No passkey is asked for after the password any more.',
    'totp-on': 'Codes from an app were turned on.',
    'totp-off': 'Codes from an app were turned off.',
    'codes-made': 'New recovery codes were made; the old ones are void.',
    'user-name-changed': 'The user name was changed. The old one signs you in for 30 days more.',
  },
  invitation: {
    subject: 'An invitation to Dialog',
    text: '{inviter} ({userName}) invites you to Dialog at {server}: chat, calls and screen sharing.',
    link: 'Come in',
    otherwise: 'If you do not know who that is, just ignore this mail.',
  },
  groupInvitation: {
    subject: 'An invitation to a group',
    text: '{inviter} ({userName}) invites you into a group at {server}.',
    link: 'See the group',
    otherwise: 'If you do not know who that is, just ignore this mail.',
  },
  unknownDevice: 'an unknown device',
};
