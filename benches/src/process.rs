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

/// How long ago a program was started, to about a hundredth of a second.
pub(crate) fn age(process: u32) -> Result<Duration> {
    // What Linux counts processes' times in, on every machine that a window runs on.
    const TICKS: f64 = 100.0;
    let uptime = fs::read_to_string("/proc/uptime")?;
    let uptime: f64 = uptime.split(' ').next().unwrap_or("0").parse()?;
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name stands in brackets and may hold anything; the start is the twentieth word after it.
    let rest = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = rest.split_whitespace().nth(19).ok_or("no start")?.parse()?;
    Ok(Duration::from_secs_f64((uptime - ticks / TICKS).max(0.0)))
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

/// Memory of a program and everything it started, in MiB: pages that processes share are divided among them (PSS).
pub(crate) fn tree_memory(root: u32) -> Result<f64> {
    let mut parents: Vec<(u32, u32)> = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        // Whatever is no process, or has just ended, is no part of it.
        let Some(process) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        // The name stands in brackets and may hold anything; the state and the parent come after it.
        let parent = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split_whitespace().nth(1));
        if let Some(parent) = parent.and_then(|parent| parent.parse().ok()) {
            parents.push((process, parent));
        }
    }
    let mut tree = vec![root];
    let mut looked = 0;
    while let Some(parent) = tree.get(looked).copied() {
        let children = parents.iter().filter(|(_, of)| *of == parent);
        tree.extend(children.map(|(process, _)| *process));
        looked += 1;
    }
    let mut kib = 0.0;
    for process in tree {
        let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let number = line.ok_or("no Pss")?.trim().trim_end_matches("kB").trim();
        kib += number.parse::<f64>()?;
    }
    Ok(kib / 1_024.0)
}
