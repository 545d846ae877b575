"""The tutorial's loop, one client at a time: tutorial.py PORT. The plainest server there is."""

import socket
import sys

port = int(sys.argv[1])
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", port))
listener.listen(5)
print(f"TCP server running on 127.0.0.1:{port}", flush=True)
while True:
    client, _ = listener.accept()
    client.send(b"Hello!\n")
    while True:
        data = client.recv(1024)
        if not data:
            break
        client.send(b"recv: " + data)
        if b"end" in data:
            break
    client.close()
