//! A whole document from a server; its checksum is made right.
#![no_main]

use automerge::Automerge;
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x0198_1111_2222_7333_8444_5555_6666_7777);

fuzz_target!(|bytes: &[u8]| {
    let mut data = bytes.get(9..).unwrap_or_default();
    hostile::read_leb(&mut data);
    if let Ok(taken) = admission::admit_snapshot(hostile::seal(data, 0), ID) {
        let again = Automerge::load(&taken.document.save_nocompress());
        let again = again.expect("what is taken in loads again");
        assert_eq!(again.get_heads(), taken.document.get_heads());
    }
});
