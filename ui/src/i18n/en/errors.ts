import type { errors as nl } from '../nl/errors.ts';

export const errors: typeof nl = {
  sentences: {
    wrong_passphrase: 'This passphrase or PIN is not right. Try again.',
    passphrase_too_short:
      'Use at least six characters. A sentence of four words is strong and easy to remember.',
    not_open: 'Buurtboek is locked. Nothing is lost. Open it with your passphrase.',
    already_initialised: 'There is a Buurtboek on this device. Open it with your passphrase.',
    database_busy:
      'Buurtboek is already open in another window. Nothing is lost. Close that window and try again.',
    database_newer:
      'This data was saved by a newer Buurtboek. Nothing was changed. Update the app and open it again.',
    database_damaged:
      'Part of the file on this device is damaged. Nothing was overwritten. Ask for help before you go on.',
    database_unreadable:
      'The file with your data cannot be read. Nothing was overwritten. Check that the disk can be reached and try again.',
    disk_full:
      'This device is full, so this could not be saved. What was there is safe. Make some room and try again.',
    key_store_unavailable:
      'The key store of this device does not answer. Nothing is lost. Sign in to the device and try again.',
    bsn: 'This holds a citizen service number. Buurtboek may not keep it. Take the number out, the rest of your text stays.',
    not_found: 'This is no longer here. A colleague may have removed it.',
    required: 'Something must be filled in here.',
    invalid_value: 'This does not fit here. Nothing was changed. Have another look.',
    too_long: 'This text is too long to save at once. Split it into two notes.',
    reason_needed: 'Write a few words about why, so that you can explain it later.',
    owner_needed: 'An open signal needs one owner and a next date.',
    values_changed:
      'A new value has just arrived. Nothing was chosen. Have another look, then choose.',
    cannot_undo: 'This can no longer be undone, because it has been worked on since.',
    invitation_unreadable:
      'This is not an invitation that Buurtboek can read. Paste the whole text, or choose a sharp picture of the QR code.',
    invitation_used: 'This invitation has been used. Ask your team for a new one.',
    invitation_expired: 'This invitation has expired. Ask your team for a new one.',
    already_joined: 'This device already belongs to a team.',
    not_joined: 'This device does not belong to a team yet. Everything stays on this device.',
    offline: 'There is no connection now. Everything is safe on this device and goes along later.',
    server_problem:
      "Your team's server reports an error. Everything is safe on this device. It tries again by itself.",
    server_too_old:
      "Your team's server is too old for this app. Everything is safe on this device. Tell your administrator.",
    app_too_old:
      "This app is too old for your team's server. Everything is safe on this device. Update the app.",
    certificate:
      "It is not certain that this is your team's server, so nothing was sent. Tell your administrator.",
    revoked: 'Your team has signed this device off. The data on this device was destroyed.',
    missing_deps: 'The server misses an earlier part. Nothing is lost, it goes along next time.',
    actor_fork:
      'This device seems to come from a backup. The change was kept aside. Update once more.',
    epoch_superseded: 'Something was erased meanwhile. The change was kept aside.',
    erased: 'This was erased everywhere meanwhile, so the change could not be added.',
    no_right: 'You may not write here. The change was kept aside and you can take it along.',
    too_big: 'This change is too large to send. It was kept aside and you can take it along.',
    invalid: 'The server could not read this change. It was kept aside and you can take it along.',
    file_unreadable: 'This file cannot be read. Nothing was imported.',
    file_too_big: 'This file is too large. Nothing was imported. Split it into smaller parts.',
    import_gone:
      'This list is no longer ready to be imported. Nothing was saved. Choose the file again.',
    export_failed: 'The file could not be written. Nothing is lost.',
    unreachable:
      'The app does not answer. What was saved stays saved. Try again or restart the app.',
    bad_arguments: 'Buurtboek did not understand this request. Nothing was changed.',
    unknown_command: 'This version of Buurtboek cannot do this. Nothing was changed.',
    unexpected:
      'Something went wrong that Buurtboek does not know. What was saved stays saved. Try again.',
  },
  actions: {
    retry: 'Try again',
    unlock: 'Open with passphrase',
    sync: 'Update now',
    join: 'Go to your team',
    settings: 'Go to settings',
    close: 'Close',
  },
};
