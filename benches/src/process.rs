//! What a process uses: CPU time and memory, from Linux.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::Result;

/// CPU time of this program so far, threads that have ended included.
pub(crate) fn own_cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::from_secs(seconds) + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or(0))
}

/// CPU time of each thread of another program, in nanoseconds: finer than the hundredths of `/proc/PID/stat`.
#[derive(Debug, Clone)]
pub(crate) struct Cpu {
    process: u32,
    threads: HashMap<String, u64>,
}

impl Cpu {
    pub(crate) fn of(process: u32) -> Result<Self> {
        let mut threads = HashMap::new();
        for entry in fs::read_dir(format!("/proc/{process}/task"))? {
            let entry = entry?;
            // A thread may end between being listed and being read.
            let Ok(text) = fs::read_to_string(entry.path().join("schedstat")) else {
                continue;
            };
            let nanos = text.split(' ').next().unwrap_or("0").parse()?;
            threads.insert(entry.file_name().display().to_string(), nanos);
        }
        Ok(Self { process, threads })
    }

    /// CPU time used since then.
    pub(crate) fn since(&self) -> Result<Duration> {
        let now = Self::of(self.process)?;
        let used = now.threads.iter().map(|(thread, nanos)| {
            nanos.saturating_sub(self.threads.get(thread).copied().unwrap_or(0))
        });
        Ok(Duration::from_nanos(used.sum()))
    }
}

/// Resident memory of a program, in MiB.
pub(crate) fn resident(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1_024.0)
}
