//! A real crash of the real window: it has no display, and the toolkit under it breaks off.

use std::process::Command;

use journeys::device::Device;
use journeys::door::Door;
use journeys::{Result, program};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_crashed_says_where_and_nothing_leaves_the_device_but_by_hand() -> Result<()>
{
    let device = Device::of("Amina Yildiz")?;
    device.run(&["capture", "Mevrouw Korenaar belde"])?;
    let before = device.run(&["crashes"])?;
    assert_eq!(before["rows"], json!([]));

    let done = Command::new(program("buurtboek-app")?)
        .arg("--data")
        .arg(device.data())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", device.home())
        .env("XDG_RUNTIME_DIR", device.home())
        .output()?;
    assert!(!done.status.success());
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(
        said.contains("buurtboek-app") && said.contains("broke off at"),
        "{said}"
    );

    let after = device.run(&["crashes"])?;
    let crash = &after["rows"][0];
    assert_eq!(crash["program"], "buurtboek-app", "{after}");
    let place = crash["place"].as_str().ok_or("no place")?;
    assert!(
        place.contains(".rs:") && !place.contains("/root/") && !place.contains("/home/"),
        "{place}"
    );
    let file = device.home().join("to-send.txt");
    device.run(&["crashes", "--save", &file.to_string_lossy()])?;
    let text = std::fs::read_to_string(&file)?;
    assert_eq!(Some(text.as_str()), after["text"].as_str());
    assert!(
        !text.contains("Korenaar") && !text.contains("Amina"),
        "{text}"
    );

    // The same on the screen, and there it goes away again.
    let door = Door::unlocked(&device, 1280, 800).await?;
    let page = door.page();
    page.go("settings").await?;
    page.read(place).await?;
    page.click("button", "Bewaar als bestand").await?;
    page.read("Bewaard als").await?;
    page.click("button", "Gooi weg").await?;
    page.read("Buurtboek liep hier niet vast").await?;
    assert_eq!(device.run(&["crashes"])?["rows"], Value::Array(Vec::new()));
    Ok(())
}
