"""Connects COUNT times as fast as it can, from many addresses, sends a word each time and reads to the end.

Prints "let in N" as soon as N were greeted and stay, and at the end how many were closed by FIN and by RST. Those that
were let in stay until its input ends.
"""
import errno, resource, select, socket, sys

port, count = int(sys.argv[1]), int(sys.argv[2])
AT_ONCE = 500
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
poll = select.epoll()
open_ones = {}
begun = inside = fin = rst = other = 0


def begin():
    global begun, other
    peer = socket.socket()
    peer.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT: a port each for a pair of addresses
    peer.bind(("127.0.%d.%d" % (begun // 1000 % 4 + 1, begun % 250 + 1), 0))
    peer.setblocking(False)
    begun += 1
    if peer.connect_ex(("127.0.0.1", port)) in (0, errno.EINPROGRESS):
        open_ones[peer.fileno()] = peer
        poll.register(peer, select.EPOLLOUT)
    else:
        other += 1
        peer.close()


def end(fd):
    poll.unregister(fd)
    open_ones.pop(fd).close()


while fin + rst + other + inside < count:
    while begun < count and len(open_ones) - inside < AT_ONCE:
        begin()
    for fd, event in poll.poll(1):
        try:
            if event & select.EPOLLOUT:
                open_ones[fd].send(b"hello")
                poll.modify(fd, select.EPOLLIN)
            elif open_ones[fd].recv(100):
                inside += 1
                poll.modify(fd, 0)
            else:
                fin += 1
                end(fd)
        except OSError as failure:
            if failure.errno in (errno.ECONNRESET, errno.EPIPE):
                rst += 1
            else:
                other += 1
            end(fd)
print("let in %d, FIN %d, RST %d, other %d" % (inside, fin, rst, other), flush=True)
sys.stdin.read()
