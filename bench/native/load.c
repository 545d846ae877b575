/*
 * The load: the same for every server, one thread, epoll, every byte checked.
 *
 *   load --port N [--host A] [--mode talk|short|idle] [--connections C] [--depth D] [--size S]
 *        [--speakers PERCENT] [--warm SECONDS] [--seconds SECONDS] [--pid SERVER]
 *
 * talk   each connection keeps D messages of S bytes under way and sends the next when one has come back whole
 * short  C at a time: connect, greeting, one message, its answer, FIN, the server's FIN; then the next connection
 * idle   C connections that answer PING with PONG; of them PERCENT send one message a second
 *
 * What the server must do is what the tutorial's does: "Hello!\n" on connect, and "recv: " before the bytes of each read.
 * Messages hold no lower-case letter, so the prefix is found wherever a read of the server began, and "end" never comes up.
 *
 * Prints one line of key=value pairs. Exit 1 on any wrong byte, refused or lost connection.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_DEPTH 64
#define SOURCES 50 /* 127.0.1.1 and up: one address has some 28,000 ports */

enum mode { TALK, SHORT, IDLE };
enum phase { CONNECTING, GREETING, TALKING, LEAVING };

static const char GREET[] = "Hello!\n";
static const char PREFIX[] = "recv: ";
static const char PING[] = "PING\n";
static const char PONG[] = "PONG\n";

struct conn {
    int fd;
    enum phase phase;
    int expect;         /* how far the greeting, the prefix or the ping has been matched; 0 between them */
    const char *word;   /* which of them, or NULL */
    int speaks;         /* of an idle crowd */
    uint64_t sent, got; /* bytes of messages */
    uint64_t queued;    /* bytes to be sent, sent ones included */
    uint64_t start[MOST_DEPTH];
    unsigned first, count; /* the ring of messages under way */
};

static enum mode mode = TALK;
static int connections = 50, depth = 1, size = 64, speakers = 0, port = 8080, pid = 0;
static double warm = 2, seconds = 5;
static const char *host = "127.0.0.1";

static int ep;
static struct sockaddr_in server;
static struct conn *conns;
static char *pattern; /* size bytes of pattern, repeated, so that any offset can be sent in one write */
static char in[256 * 1024];

static uint64_t messages, bytes, opened, pings, measuring;

/* Latencies in nanoseconds: 64 sub-buckets an octave, so an error of 1.6 % at most. */
static uint64_t histogram[64 * 64];

static void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "load: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(1);
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void record(uint64_t nanos) {
    int octave = nanos < 64 ? 0 : 63 - __builtin_clzll(nanos) - 5;
    histogram[octave * 64 + (int)(nanos >> octave)]++;
}

static double percentile(double share) {
    uint64_t all = 0, seen = 0;
    int length = (int)(sizeof histogram / sizeof *histogram);
    for (int i = 0; i < length; i++) all += histogram[i];
    for (int i = 0; i < length; i++) {
        seen += histogram[i];
        if (seen > 0 && (double)seen >= share * (double)all) {
            int octave = i / 64;
            return (double)((uint64_t)(i % 64) << octave) / 1000;
        }
    }
    return 0;
}

/* User and system time of the server in seconds. */
static double cpu(void) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = pid ? fopen(path, "r") : NULL;
    if (!f) return 0;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = 0;
    unsigned long user = 0, system = 0;
    char *after = strrchr(text, ')');
    if (!after || sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        die("cannot read the CPU time of process %d", pid);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static long rss_kib(void) {
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = pid ? fopen(path, "r") : NULL;
    while (f && fgets(line, sizeof line, f)) sscanf(line, "VmRSS: %ld", &kib);
    if (f) fclose(f);
    return kib;
}

static void interest(struct conn *c, uint32_t events) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    if (epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e)) die("epoll_ctl: %s", strerror(errno));
}

static void begin(struct conn *c, int number) {
    static unsigned turn;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) die("socket: %s (ulimit -n?)", strerror(errno));
    int on = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (mode != TALK) {
        struct sockaddr_in source = {.sin_family = AF_INET};
        source.sin_addr.s_addr = htonl(0x7f000101u + turn++ % SOURCES);
        setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        if (bind(c->fd, (struct sockaddr *)&source, sizeof source)) die("bind: %s", strerror(errno));
    }
    c->phase = CONNECTING;
    c->word = GREET;
    c->expect = 0;
    c->sent = c->got = c->queued = 0;
    c->first = c->count = 0;
    c->speaks = number % 100 < speakers;
    if (connect(c->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS)
        die("connect: %s", strerror(errno));
    struct epoll_event e = {.events = EPOLLOUT, .data.ptr = c};
    if (epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e)) die("epoll_ctl: %s", strerror(errno));
}

static void push(struct conn *c) {
    while (c->sent < c->queued) {
        uint64_t left = c->queued - c->sent;
        size_t n = left < (uint64_t)size ? (size_t)left : (size_t)size;
        ssize_t done = write(c->fd, pattern + c->sent % (uint64_t)size, n);
        if (done < 0 && errno == EAGAIN) {
            interest(c, EPOLLIN | EPOLLOUT);
            return;
        }
        if (done < 0) die("write: %s", strerror(errno));
        c->sent += (uint64_t)done;
    }
}

/* Queues messages up to the depth, in one write as far as they are contiguous. */
static void speak(struct conn *c, unsigned most) {
    uint64_t t = now();
    while (c->count < most) {
        c->start[(c->first + c->count++) % MOST_DEPTH] = t;
        c->queued += (uint64_t)size;
    }
    push(c);
}

static void answered(struct conn *c, uint64_t t) {
    if (measuring) {
        messages++;
        record(t - c->start[c->first]);
    }
    c->first = (c->first + 1) % MOST_DEPTH;
    c->count--;
}

/* Takes what the server sent apart, byte by byte only where a word begins. */
static void check(struct conn *c, const char *data, size_t n) {
    size_t i = 0;
    uint64_t t = now();
    while (i < n) {
        if (c->word) {
            if (data[i] != c->word[c->expect]) die("byte 0x%02x where \"%s\" was due", data[i] & 0xff, c->word);
            i++;
            if (!c->word[++c->expect]) {
                if (c->word == GREET) c->phase = TALKING;
                if (c->word == PING) {
                    pings++;
                    if (write(c->fd, PONG, sizeof PONG - 1) != sizeof PONG - 1) die("the pong found no room");
                }
                c->word = NULL;
            }
            continue;
        }
        if (data[i] == 'r' || data[i] == 'P') {
            c->word = data[i] == 'r' ? PREFIX : PING;
            c->expect = 0;
            continue;
        }
        uint64_t at = c->got % (uint64_t)size;
        size_t run = (size_t)((uint64_t)size - at);
        if (run > n - i) run = n - i;
        const char *prefix = memchr(data + i, 'r', run);
        if (prefix) run = (size_t)(prefix - (data + i));
        if (c->got + run > c->sent) die("more came back than was sent");
        if (memcmp(data + i, pattern + at, run)) die("a wrong byte in message byte %llu", (unsigned long long)c->got);
        c->got += run;
        i += run;
        if (measuring) bytes += run;
        if (c->got % (uint64_t)size == 0) answered(c, t);
    }
}

static void leave(struct conn *c) {
    shutdown(c->fd, SHUT_WR);
    c->phase = LEAVING;
}

static void receive(struct conn *c) {
    for (;;) {
        ssize_t n = read(c->fd, in, sizeof in);
        if (n < 0 && errno == EAGAIN) break;
        if (n < 0) die("read: %s", strerror(errno));
        if (n == 0) {
            if (c->phase != LEAVING) die("the server closed");
            close(c->fd);
            if (measuring) opened++;
            begin(c, 0);
            return;
        }
        check(c, in, (size_t)n);
        if ((size_t)n < sizeof in) break;
    }
    if (c->phase != TALKING) return;
    if (mode == TALK) {
        speak(c, (unsigned)depth);
    } else if (mode == SHORT) {
        if (c->queued == 0) speak(c, 1);
        else if (c->count == 0) leave(c);
    }
}

static void handle(struct conn *c, uint32_t events) {
    if (events & EPOLLOUT) {
        if (c->phase == CONNECTING) {
            int error = 0;
            socklen_t length = sizeof error;
            getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
            if (error) die("connect: %s", strerror(error));
            c->phase = GREETING;
        }
        interest(c, EPOLLIN);
        push(c);
    }
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
}

/* Opens the next few, so that a backlog of any size holds them. */
static int open_some(int from) {
    int to = from + 64 < connections ? from + 64 : connections;
    for (int i = from; i < to; i++) begin(&conns[i], i);
    return to;
}

static int greeted(int upto) {
    for (int i = 0; i < upto; i++)
        if (conns[i].phase < TALKING) return 0;
    return 1;
}

static void turn(int millis) {
    struct epoll_event events[256];
    int n = epoll_wait(ep, events, 256, millis);
    if (n < 0 && errno != EINTR) die("epoll_wait: %s", strerror(errno));
    for (int i = 0; i < n; i++) handle(events[i].data.ptr, events[i].events);
}

static void run_for(double length) {
    uint64_t start = now(), end = start + (uint64_t)(length * 1e9), spoken = start;
    while (now() < end) {
        turn(mode == IDLE ? 20 : 100);
        if (mode == IDLE && speakers && now() - spoken > 1000000000u) {
            spoken = now();
            for (int i = 0; i < connections; i++)
                if (conns[i].speaks) speak(&conns[i], 1);
        }
    }
}

static double number(const char *name, const char *text, double least, double most) {
    char *end;
    double value = strtod(text ? text : "", &end);
    if (!text || *end || value < least || value > most) die("%s must be %g to %g", name, least, most);
    return value;
}

static void options(int argc, char **argv) {
    for (int i = 1; i < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--mode") && value)
            mode = !strcmp(value, "talk") ? TALK : !strcmp(value, "short") ? SHORT : IDLE;
        else if (!strcmp(name, "--host") && value) host = value;
        else if (!strcmp(name, "--port")) port = (int)number(name, value, 1, 65535);
        else if (!strcmp(name, "--connections")) connections = (int)number(name, value, 1, 100000);
        else if (!strcmp(name, "--depth")) depth = (int)number(name, value, 1, MOST_DEPTH);
        else if (!strcmp(name, "--size")) size = (int)number(name, value, 1, 1 << 20);
        else if (!strcmp(name, "--speakers")) speakers = (int)number(name, value, 0, 100);
        else if (!strcmp(name, "--warm")) warm = number(name, value, 0, 3600);
        else if (!strcmp(name, "--seconds")) seconds = number(name, value, 0.1, 3600);
        else if (!strcmp(name, "--pid")) pid = (int)number(name, value, 1, 1 << 30);
        else die("there is no option %s, or it lacks its value", name);
    }
}

int main(int argc, char **argv) {
    options(argc, argv);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    server.sin_family = AF_INET;
    server.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &server.sin_addr) != 1) die("--host must be an IPv4 address");
    pattern = malloc(2 * (size_t)size);
    for (int i = 0; i < 2 * size; i++) pattern[i] = "0123456789ABCDEFGHIJKLMNOQSTUVWXYZ"[(i % size * 7 + i % size / 34) % 34];
    conns = calloc((size_t)connections, sizeof *conns);
    ep = epoll_create1(0);

    for (int open = 0; open < connections;) {
        open = open_some(open);
        for (uint64_t limit = now() + 30000000000u; !(mode == SHORT || greeted(open));) {
            turn(100);
            if (now() > limit) die("no greeting within 30 s");
        }
    }
    if (mode == TALK)
        for (int i = 0; i < connections; i++) speak(&conns[i], (unsigned)depth);
    run_for(warm);

    double cpu_before = cpu();
    uint64_t start = now();
    measuring = 1;
    run_for(seconds);
    double took = (double)(now() - start) / 1e9, used = cpu() - cpu_before;
    double rate = (double)messages / took;
    printf("messages=%llu rate=%.1f mib_s=%.2f connects=%llu pings=%llu p50_us=%.1f p99_us=%.1f p999_us=%.1f",
           (unsigned long long)messages, rate, (double)bytes / took / 1048576, (unsigned long long)opened,
           (unsigned long long)pings, percentile(0.5), percentile(0.99), percentile(0.999));
    if (pid)
        printf(" cpu_s=%.2f cpu_us_msg=%.3f rss_kib=%ld", used, messages ? used * 1e6 / (double)messages : 0, rss_kib());
    printf("\n");
    return 0;
}
