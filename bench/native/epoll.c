/*
 * The floor of the machine: the tutorial's server on epoll, in C. One thread, level-triggered, one read and one write a
 * message.
 *
 *   epoll PORT [SPIN_MICROSECONDS]
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const char GREET[] = "Hello!\n";
static const char PREFIX[] = "recv: ";

struct conn {
    int fd, matched, closing, finished;
    char *rest; /* what the kernel did not take; NULL almost always */
    size_t length, done;
};

static int ep;
static char in[6 + 64 * 1024];

static void quit(struct conn *c) {
    close(c->fd);
    free(c->rest);
    free(c);
}

static void interest(struct conn *c, unsigned events) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}

/* 0 if the connection is gone. */
static int put(struct conn *c, const char *data, size_t n) {
    ssize_t done = write(c->fd, data, n);
    if (done < 0 && errno != EAGAIN) {
        quit(c);
        return 0;
    }
    if (done < 0) done = 0;
    if ((size_t)done == n) return 1;
    c->length = n - (size_t)done;
    c->done = 0;
    c->rest = malloc(c->length);
    memcpy(c->rest, data + done, c->length);
    interest(c, EPOLLOUT); /* reads no more until it is gone */
    return 1;
}

static void finish(struct conn *c) {
    if (c->finished) {
        quit(c);
        return;
    }
    shutdown(c->fd, SHUT_WR);
    c->closing = 1;
}

static void drain(struct conn *c) {
    ssize_t done = write(c->fd, c->rest + c->done, c->length - c->done);
    if (done < 0 && errno != EAGAIN) {
        quit(c);
        return;
    }
    if (done > 0) c->done += (size_t)done;
    if (c->done < c->length) return;
    free(c->rest);
    c->rest = NULL;
    interest(c, EPOLLIN);
    if (c->closing) finish(c);
}

static int ends(struct conn *c, const char *data, size_t n) {
    for (size_t i = 0; i < n; i++) {
        c->matched = data[i] == "end"[c->matched] ? c->matched + 1 : data[i] == 'e';
        if (c->matched == 3) return 1;
    }
    return 0;
}

static void take(struct conn *c) {
    ssize_t n = read(c->fd, in + 6, sizeof in - 6);
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) {
        quit(c);
        return;
    }
    if (n == 0) {
        c->finished = 1;
        quit(c);
        return;
    }
    if (c->closing) return;
    memcpy(in, PREFIX, 6);
    int end = ends(c, in + 6, (size_t)n);
    if (!put(c, in, (size_t)n + 6)) return;
    if (end) {
        c->closing = 1;
        if (!c->rest) finish(c);
    }
}

static void welcome(int listener) {
    for (int i = 0; i < 64; i++) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct conn *c = calloc(1, sizeof *c);
        c->fd = fd;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
        put(c, GREET, sizeof GREET - 1);
    }
}

static long micros(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int wait_for(struct epoll_event *events, int most, long spin) {
    if (spin) {
        long until = micros() + spin;
        do {
            int n = epoll_wait(ep, events, most, 0);
            if (n) return n;
        } while (micros() < until);
    }
    return epoll_wait(ep, events, most, -1);
}

int main(int argc, char **argv) {
    int port = argc > 1 ? atoi(argv[1]) : 8080;
    long spin = argc > 2 ? atol(argv[2]) : 0;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) {
        perror("epoll");
        return 1;
    }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(ep, EPOLL_CTL_ADD, listener, &e);
    printf("TCP server running on 127.0.0.1:%d\n", port);
    fflush(stdout);
    for (;;) {
        struct epoll_event events[256];
        int n = wait_for(events, 256, spin);
        for (int i = 0; i < n; i++) {
            struct conn *c = events[i].data.ptr;
            if (!c) welcome(listener);
            else if (events[i].events & EPOLLOUT) drain(c);
            else take(c);
        }
    }
}
