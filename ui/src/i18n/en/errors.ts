import type { errors as nl } from '../nl/errors.ts';

export const errors: typeof nl = {
  sentences: {
    // The device and its database
    wrong_passphrase: 'This passphrase or PIN is not right. Nothing was changed. Try again.',
    passphrase_short: ({ limit }) =>
      limit === 12
        ? 'Use at least twelve characters: on this device only your passphrase protects what you keep. A sentence of four words is strong and easy to remember.'
        : 'Use at least six characters. A sentence of four words is strong and easy to remember.',
    passphrase_digits:
      'Do not use digits alone: on this device only your passphrase protects what you keep, and a number is guessed quickly. A sentence of four words is strong and easy to remember.',
    too_many_tries: ({ wait }) =>
      typeof wait === 'number'
        ? `There were too many wrong tries. Wait ${wait} seconds, then try again. Nothing is lost.`
        : 'There were too many wrong tries. Wait a while, then try again. Nothing is lost.',
    lease_over: ({ days }) =>
      typeof days === 'number'
        ? `This device had no contact with your team for ${days} days, so it is locked. Everything is still there. Connect to the internet and open it again.`
        : 'This device had no contact with your team for too long, so it is locked. Everything is still there. Connect to the internet and open it again.',
    wiped:
      'A manager of your team has signed this device out. What Buurtboek kept here was destroyed. What was sent is safe with your team.',
    locked: 'Buurtboek is locked. Nothing is lost. Open it with your passphrase.',
    exists:
      'There is a Buurtboek on this device already. It was left as it is. Open it with your passphrase.',
    absent: 'There is no Buurtboek on this device yet.',
    device_secret_missing:
      'This Buurtboek belongs to another device or user: the secret kept there is not here. Nothing was changed. Open it on that device, or ask your team for a new invitation.',
    key_file:
      'The file with the key is damaged or gone. Nothing was overwritten. Put it back from a copy, or start over and join your team again.',
    newer_database:
      'This data was saved by a newer Buurtboek. Nothing was changed. Update the app and open it again.',
    database_busy:
      'Buurtboek is already open in another window. Nothing is lost. Close that window and try again.',
    disk_full:
      'This device is full, so this is not saved yet. What was there is safe. Make room and save again.',
    not_writable:
      'Buurtboek may not write on this device, so this is not saved yet. What was there is safe. Ask whoever manages this device to open up the folder.',
    damaged:
      'Part of the file on this device is damaged. Nothing was overwritten, and what was sent is safe with your team. Lock Buurtboek and choose Repair.',
    beyond_repair:
      'Nothing of this book can be read any more. It was left as it is. What was sent is safe with your team. Ask your team for help and a new invitation.',
    storage:
      'The data on this device could not be read or written. Nothing was overwritten. Try again.',
    folder_unusable:
      'The data folder cannot be used. Nothing was changed. Check that the disk can be reached and try again.',
    system:
      'Connecting does not work on this device at the moment. Nothing is lost. Restart Buurtboek.',
    preference_unknown: 'This choice does not exist. Nothing was changed. Choose another.',
    // What a rule refuses
    bsn: 'This holds a citizen service number. Buurtboek may not keep it. Take the number out, the rest of your text stays.',
    basis_without_consent:
      'Consent cannot be the reason while the person did not agree. Nothing was changed. Ask them, or choose another reason.',
    managers_only:
      'Only a manager of this space may do this. Nothing was changed. Ask a manager of the space.',
    still_named:
      'What stays still holds a name, number or address of this person. Nothing was changed. Take that out of the text.',
    not_due:
      'Something in this list need not go, or no longer. Nothing was changed. Look at the list again.',
    file_not_made: 'The file could not be made. Nothing was changed. Try again.',
    too_long: ({ limit }) =>
      typeof limit === 'number'
        ? `This text is longer than ${limit} characters. It is still there. Make it shorter.`
        : 'This text is too long. It is still there. Make it shorter.',
    record_full:
      'So much was written and changed here that nothing more fits. Your words are still in the field. Put them in a new note.',
    wrong_shape: 'This does not fit here. Nothing was changed. Have another look.',
    unknown_field:
      'This version of Buurtboek does not know this field. Nothing was changed. Update the app.',
    missing_field: 'Something is still empty here. Fill it in and save again.',
    signal_let_go: 'An open signal has one owner and a next date. Choose both and save again.',
    reporter_not_asked:
      'Choose whether the person who told us knows how it ended, then close the signal.',
    reason_missing:
      'Write a few words about why, and save again, so that you can explain it later.',
    ends_before_it_begins:
      'The last day is before the first. Nothing was changed. Choose another day and save again.',
    newer_schema:
      'This was written with a newer Buurtboek. You can read it. Update the app to change it.',
    not_a_closing_state: 'A signal is closed as solved or as not picked up.',
    no_record: 'This is no longer on this device. It may have been erased.',
    bad_id: 'This link is not right. Nothing was changed. Look it up by name.',
    unknown_kind:
      'This version of Buurtboek does not know this kind of record. Nothing was changed. Update the app.',
    not_by_hand:
      'Buurtboek keeps this by itself. Nothing was changed. There is nothing you need to do.',
    other_kind: 'Something else stands at this link. Nothing was changed. Look it up by name.',
    erase_no_right:
      'Only who made this and a manager can erase it. Nothing was erased. Ask a manager.',
    share_out_of_reach:
      'The copy is in a space that you do not see any more. It may still be there. Ask a manager of that space to erase it.',
    redact_no_right:
      'Only who made this and a manager can take words out of it. Nothing was changed. Ask a manager.',
    nothing_there: 'These words are not here, and never were. Nothing was changed.',
    no_undo: 'This can no longer be undone. Nothing was changed. Change it back yourself.',
    no_conflict: 'This difference was settled already. Nothing was changed.',
    conflict_changed:
      'Somebody has just written another value. Nothing was chosen. Have another look, then choose.',
    bad_choice: 'This choice is no longer there. Nothing was changed. Have another look.',
    // Joining and sending
    no_invitation: 'This is not a whole invitation. Paste the text from its beginning to its end.',
    no_qr_code: 'There is no readable QR code in this picture. Take it again, sharp and straight.',
    picture_unreadable: 'This picture cannot be read. Choose a PNG or JPEG file.',
    invitation_unknown:
      'The server does not know this invitation. Nothing was changed. Ask your team for a new one.',
    invitation_used: 'This invitation was used on another device. Ask your team for a new one.',
    invitation_expired: 'This invitation is older than a day. Ask your team for a new one.',
    enrolment_refused:
      'A manager of the team did not let this device in. Nothing is lost. Ask why, and ask for a new invitation.',
    not_joining: 'This device does not wait for a team. Nothing was changed.',
    needs_connection:
      'This needs a connection, and there is none now. Nothing was changed. Try again when you are connected.',
    gone_meanwhile:
      'This is not there any more. Perhaps a colleague came first. Nothing was changed.',
    last_manager:
      'A space always keeps at least one manager. Nothing was changed. Make somebody else a manager first.',
    phrase_differs: 'The device shows another number by now. Nobody was let in. Compare once more.',
    name_unusable: 'This name is empty or too long. Nothing was changed. Choose another.',
    role_unknown: 'This right does not exist. Nothing was changed. Choose another.',
    name_required: 'Fill in your name, so that colleagues know you, and join again.',
    not_private:
      'This invitation uses an open connection, so nothing was sent. Ask for one that begins with https.',
    joined_already: 'This device belongs to a team already.',
    no_space:
      'This device does not take part in that space, or you may not write there. Ask your team for another invitation.',
    space_read_only:
      'You may only read here. Nothing was changed. Choose another space, or ask a manager of your team.',
    not_shareable: 'Only a contact, a note or a signal can be shared. Nothing was shared.',
    until_passed: 'Choose today or a later day. Nothing was shared.',
    unsent_left: 'Something was not sent yet. Nothing was removed. Keep it as a file first.',
    alone: 'This device does not belong to a team yet. Everything stays on this device.',
    offline: 'There is no connection now. Everything is safe on this device and goes along later.',
    server_busy:
      "Your team's server is too busy. Everything is safe on this device and goes along later.",
    server_refused:
      "Your team's server cannot take this now. Everything is safe on this device. Try again later.",
    not_a_server:
      'Something else than Buurtboek answers at this address. Everything is safe on this device. Tell whoever runs your server.',
    bad_server:
      'The address of the server cannot be used. Everything is safe on this device. Tell whoever runs your server.',
    answer_unreadable:
      'The answer of the server came in broken. Everything is safe on this device. It tries again by itself.',
    server_stands_still:
      'The server keeps giving the same answer and does not get on. Everything is safe on this device. If it stays like this, tell whoever runs your server.',
    interrupted:
      'Updating was broken off. Everything is safe on this device. It tries again by itself.',
    upgrade_required:
      "This app is too old for your team's server. Everything is safe on this device. Update the app.",
    revoked: 'This device no longer belongs to the team. Ask a manager of your team.',
    // Why the server refused a change
    missing_deps: 'The server misses an earlier part. Nothing is lost, it goes along next time.',
    actor_fork:
      'This device seems to come from a backup. The change was kept aside. Update once more.',
    epoch_superseded: 'Something was erased meanwhile. The change was kept aside.',
    erased: 'This was erased everywhere meanwhile, so the change could not be added.',
    no_right: 'You may not write here. The change was kept aside and you can take it along.',
    too_big: 'This change is too large to send. It was kept aside and you can take it along.',
    invalid: 'The server could not read this change. It was kept aside and you can take it along.',
    document_damaged:
      'What the server holds of this record is damaged. The change was kept aside and you can take it along. Tell whoever runs your server.',
    unknown:
      'The server refused this change for a reason this app does not know. It was kept aside and you can take it along.',
    // Files
    file_unknown:
      'This is not a file with contacts. Nothing was imported. Choose a vCard (.vcf) or CSV file.',
    file_not_written:
      'The file could not be written. Nothing is lost. Check that there is room and try again.',
    no_import: 'This file was read too long ago. Nothing was saved. Choose the file again.',
    format_unknown: 'Buurtboek cannot make this kind of file. Nothing was changed.',
    // The doors
    unreachable:
      'The app does not answer. What was saved stays saved. Try again or restart the app.',
    bad_arguments: 'Buurtboek did not understand this request. Nothing was changed.',
    unknown_command: 'This version of Buurtboek cannot do this. Nothing was changed.',
    crashed: 'This went wrong inside the app. What was saved is safe. Try again.',
    unexpected:
      'Something went wrong that Buurtboek does not know. What was saved stays saved. Try again.',
  },
  actions: {
    retry: 'Try again',
    unlock: 'Open with passphrase',
    sync: 'Update now',
    join: 'Go to your team',
  },
};
