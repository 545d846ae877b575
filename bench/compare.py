#!/usr/bin/env python3
"""Runs one load against two servers in turn, A B A B, and prints the ratio of their medians.

    bench/run compare [--rounds N] [--restarts N] [--warm S] [--seconds S] [--flags board|default] SCENARIO A B

The server has one core to itself and the load another. Each server is started anew a few times, because one binary's
luck with its compiler lasts as long as its process; between the restarts both stay warm and are measured alternately.
A ratio is A's median divided by B's, its interval holds 95 % of the ratios that resampling the rounds gives, and where
that interval holds 1 the verdict is a draw.
"""

import argparse
import json
import os
import pathlib
import random
import socket
import statistics
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent
TOP = BENCH.parent
NATIVE = BENCH / "target" / "native"
SERVER_CORE, LOAD_CORE = "0", "1"

FLAGS = {
    "board": ["-Xms64m", "-Xmx64m", "-XX:+UseSerialGC"],
    "default": [],
}

SCENARIOS = {
    "1": ["--connections", "1"],
    "50": ["--connections", "50"],
    "500": ["--connections", "500"],
    "deep": ["--connections", "50", "--depth", "16"],
    "large": ["--connections", "16", "--size", "65536"],
    "short": ["--mode", "short", "--connections", "16"],
    "idle": ["--mode", "idle", "--connections", "10000"],
    "sparse": ["--mode", "idle", "--connections", "10000", "--speakers", "1"],
}

# What is compared, and whether less is better.
FIGURES = {"rate": False, "cpu_us_msg": True, "p50_us": True, "p99_us": True, "p999_us": True, "rss_kib": True}


def fail(text):
    sys.exit(f"compare: {text}")


def peer(name, *args):
    path = (BENCH / "target" / "class-path").read_text().strip()
    return ["-cp", f"{BENCH / 'target' / 'classes'}:{path}", f"io.edgewire.bench.peer.{name}", *args]


def edgewire(port, *args):
    return [
        "-Dguice_bytecode_gen_option=DISABLED", "-jar", str(TOP / "examples" / "target" / "edgewire.jar"), "serve",
        "--device", "host", "--host", "127.0.0.1", "--set", "edgewire.device.host.address=127.0.0.1", "--quiet",
        "--port", port, *args,
    ]


JAVA_SERVERS = {
    "edgewire-nio": lambda port: edgewire(port),
    "edgewire-bio": lambda port: edgewire(port, "--transport", "bio"),
    "netty-nio": lambda port: peer("NettyPeer", "nio", port),
    "netty-epoll": lambda port: peer("NettyPeer", "epoll", port),
    "netty-uring": lambda port: peer("NettyPeer", "uring", port),
    "vertx": lambda port: peer("VertxPeer", port),
    "mina": lambda port: peer("MinaPeer", port),
    "selector": lambda port: peer("SelectorPeer", port),
    "blocking": lambda port: peer("BlockingPeer", "platform", port),
    "blocking-virtual": lambda port: peer("BlockingPeer", "virtual", port),
}
OTHER_SERVERS = {
    "c-epoll": lambda port: [str(NATIVE / "epoll"), port],
    "c-epoll-spin": lambda port: [str(NATIVE / "epoll"), port, "100"],
    "tutorial": lambda port: [sys.executable, str(BENCH / "native" / "tutorial.py"), port],
}


def build_native():
    """The programs in C, where they are older than their source."""
    NATIVE.mkdir(parents=True, exist_ok=True)
    for source in sorted((BENCH / "native").glob("*.c")):
        program = NATIVE / source.stem
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", str(program), str(source)], check=True)


def expect(client, text):
    """The very bytes that are due next."""
    seen = b""
    while len(seen) < len(text):
        more = client.recv(len(text) - len(seen))
        if not more:
            break
        seen += more
    if seen != text:
        raise ValueError(f"{seen!r} came where {text!r} was due")


def check_conversation(name, port):
    """Whether it says what ours says; what differs on the wire cannot be compared. The tutorial's own finds the end only
    within one read."""
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as client:
        expect(client, b"Hello!\n")
        for said in (b"hi", b"the end") if name == "tutorial" else (b"hi", b"the e", b"nd"):
            client.sendall(said)
            expect(client, b"recv: " + said)
        if client.recv(1):
            raise ValueError("it went on after the end")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Server:
    """One running server, on its core."""

    def __init__(self, name, flags):
        self.name = name
        self.port = free_port()
        if name in JAVA_SERVERS:
            java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
            command = [java, *flags, *JAVA_SERVERS[name](self.port)]
        else:
            command = OTHER_SERVERS[name](self.port)
        self.process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("TCP server running on"):
                break
        else:
            fail(f"{name} did not start: {' '.join(command)}")
        try:
            check_conversation(name, self.port)
        except (OSError, ValueError) as wrong:
            self.stop()
            fail(f"{name} does not speak as ours does: {wrong}")

    def load(self, scenario, warm, seconds):
        command = [
            "taskset", "-c", LOAD_CORE, str(NATIVE / "load"), "--port", self.port, "--pid", str(self.process.pid),
            "--warm", str(warm), "--seconds", str(seconds), *SCENARIOS[scenario],
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=warm + seconds + 120)
        if done.returncode:
            fail(f"{self.name}: {done.stderr.strip()}")
        return {key: float(value) for key, value in (pair.split("=") for pair in done.stdout.split())}

    def stop(self):
        self.process.kill()
        self.process.wait()


def interval(a, b, draws=4000):
    """What 95 % of the ratios of medians lie between, when the rounds are drawn again."""
    chance = random.Random(1)
    ratios = sorted(
        statistics.median(chance.choices(a, k=len(a))) / statistics.median(chance.choices(b, k=len(b)))
        for _ in range(draws))
    return ratios[draws * 25 // 1000], ratios[draws * 975 // 1000]


def verdict(low, high, less_is_better):
    if low <= 1 <= high:
        return "draw"
    return "better" if (high < 1) == less_is_better else "worse"


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text} ", end="", file=sys.stderr, flush=True)


def measure(options):
    """The figures of every round, by server."""
    rounds = {options.a: [], options.b: []}
    per_start = -(-options.rounds // options.restarts)
    for start in range(options.restarts):
        servers = [Server(name, FLAGS[options.flags]) for name in (options.a, options.b)]
        try:
            for server in servers:
                server.load(options.scenario, options.warm, 0.5)
            for number in range(per_start):
                for server in servers:
                    rounds[server.name].append(server.load(options.scenario, options.settle, options.seconds))
                progress(f"{options.scenario}: round {start * per_start + number + 1} of {options.restarts * per_start}")
        finally:
            for server in servers:
                server.stop()
    return rounds


def compare(options):
    rounds = measure(options)
    rows = []
    for figure, less_is_better in FIGURES.items():
        a, b = ([one[figure] for one in rounds[name] if figure in one] for name in (options.a, options.b))
        if not a or not b or not statistics.median(b) or not all(b):
            continue
        low, high = interval(a, b)
        rows.append({
            "figure": figure, "a": statistics.median(a), "b": statistics.median(b),
            "ratio": statistics.median(a) / statistics.median(b), "low": low, "high": high,
            "verdict": verdict(low, high, less_is_better),
        })
    return rows


def show(options, rows):
    progress("")
    print(f"{options.scenario}: {options.a} to {options.b}, {options.rounds} rounds, {options.flags} flags")
    for row in rows:
        print(f"  {row['figure']:<11}{row['a']:>12.2f}{row['b']:>12.2f}   {row['ratio']:.2f}"
              f" [{row['low']:.2f}, {row['high']:.2f}]  {row['verdict']}")


def main():
    names = [*JAVA_SERVERS, *OTHER_SERVERS]
    parser = argparse.ArgumentParser(prog="bench/run compare", description=__doc__.split("\n")[0])
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("a", choices=names)
    parser.add_argument("b", choices=names)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--restarts", type=int, default=3)
    parser.add_argument("--warm", type=float, default=12, help="seconds of load before the first round of a process")
    parser.add_argument("--settle", type=float, default=0.5, help="seconds of load before each round")
    parser.add_argument("--seconds", type=float, default=2, help="seconds of a round")
    parser.add_argument("--flags", choices=FLAGS, default="board")
    parser.add_argument("--json", type=pathlib.Path, help="append the result to this file, one line each")
    options = parser.parse_args()
    build_native()
    rows = compare(options)
    show(options, rows)
    if options.json:
        kept = {key: getattr(options, key) for key in ("scenario", "a", "b", "rounds", "restarts", "warm", "flags")}
        with options.json.open("a") as out:
            out.write(json.dumps({**kept, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
