"""Opens COUNT connections that send for as long as the server takes anything, and read nothing.

Prints "stuck N" once for a second none has sent anything, "still stuck N" four seconds later, and
"cut off N" when its input ends.
"""
import resource, select, socket, sys, threading, time

port, count = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
BLOCK = b"x" * 65536
poll = select.epoll()
peers = {}
for i in range(count):
    peer = socket.socket()
    # What the kernel holds for them is not what is tried here: little of it, and they are stuck the sooner.
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
    peer.connect(("127.0.0.1", port))
    peer.setblocking(False)
    peers[peer.fileno()] = peer
    poll.register(peer, select.EPOLLOUT)

over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
words = [(1, "stuck"), (5, "still stuck")]
alive, last = count, time.monotonic()
while not over.is_set():
    for fd, _ in poll.poll(0.2):
        try:
            for _ in range(4):
                peers[fd].send(BLOCK)
                last = time.monotonic()
        except BlockingIOError:
            pass
        except OSError:
            poll.unregister(fd)
            alive -= 1
    if words and time.monotonic() - last > words[0][0]:
        print(words.pop(0)[1], alive, flush=True)
print("cut off", count - alive, flush=True)
