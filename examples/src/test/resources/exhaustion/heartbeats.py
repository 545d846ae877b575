"""Keeps COUNT connections open from several addresses and answers each PING by a PONG.

Prints "answered N" when each has answered at least N times, and ends when one is closed.
"""
import resource, select, socket, sys

port, count = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
poll = select.epoll()
peers, answers = {}, {}
for i in range(count):
    peer = socket.create_connection(("127.0.0.1", port), 60, ("127.0.0.%d" % (i % 10 + 2), 0))
    peer.setblocking(False)
    peers[peer.fileno()] = peer
    answers[peer.fileno()] = 0
    poll.register(peer, select.EPOLLIN)

behind, round_ = set(answers), 1
while True:
    for fd, _ in poll.poll():
        heard = peers[fd].recv(1000)
        if not heard:
            sys.exit("lost one after %d answers" % answers[fd])
        if b"PING\n" in heard:
            peers[fd].send(b"PONG\n")
            answers[fd] += 1
            if answers[fd] >= round_:
                behind.discard(fd)
    if not behind:
        print("answered", round_, flush=True)
        round_ += 1
        behind = {fd for fd in answers if answers[fd] < round_}
