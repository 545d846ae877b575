package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.api.StopOutcome;
import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames that other people's code makes and reads: Python's struct and asyncio, Node's Buffer. */
@Tag("foreign")
class ForeignFramesTest {
    /** Says three messages in pieces and prints each that comes, as hexadecimal digits, until the server closes. */
    private static final String PYTHON = """
            import asyncio, struct, sys
            port, kind = int(sys.argv[1]), sys.argv[2]
            form = {'length1': '>B', 'length2': '>H', 'length4': '>I', 'length8': '>Q', 'little4': '<I'}.get(kind)
            end = {'line': b'\\n', 'crlf': b'\\r\\n', 'delimiter': b'\\0'}.get(kind)
            messages = [b'a', 'gr\u00fc\u00df'.encode(), b'the end']
            def frame(m):
                return struct.pack(form, len(m)) + m if form else m + end
            async def read(r):
                if form:
                    return await r.readexactly(struct.unpack(form, await r.readexactly(struct.calcsize(form)))[0])
                got = await (r.readline() if kind == 'line' else r.readuntil(end))
                return got[:-len(end)]
            async def main():
                r, w = await asyncio.open_connection('127.0.0.1', port)
                stream = b''.join(frame(m) for m in messages)
                for i in range(0, len(stream), 3):
                    w.write(stream[i:i + 3])
                    await w.drain()
                for _ in range(4):
                    print((await read(r)).hex())
                assert await r.read() == b''
                w.close()
            asyncio.run(asyncio.wait_for(main(), 20))
            """;

    private static final String NODE = """
            const [port, kind] = process.argv.slice(1);
            const size = {length1: 1, length2: 2, length4: 4, little4: 4}[kind];
            const end = {line: '\\n', crlf: '\\r\\n', delimiter: '\\0'}[kind];
            const frame = m => {
              if (end) return Buffer.concat([m, Buffer.from(end)]);
              const head = Buffer.alloc(size);
              if (kind === 'little4') head.writeUInt32LE(m.length); else head.writeUIntBE(m.length, 0, size);
              return Buffer.concat([head, m]);
            };
            const s = require('net').connect(Number(port), '127.0.0.1');
            s.write(Buffer.concat(['a', 'gr\u00fc\u00df', 'the end'].map(m => frame(Buffer.from(m)))));
            let all = Buffer.alloc(0);
            s.on('data', data => {
              all = Buffer.concat([all, data]);
              for (;;) {
                let from, to;
                if (end) {
                  const at = all.indexOf(end);
                  if (at < 0) return;
                  [from, to] = [0, at];
                } else {
                  if (all.length < size) return;
                  to = size + (kind === 'little4' ? all.readUInt32LE() : all.readUIntBE(0, size));
                  if (all.length < to) return;
                  from = size;
                }
                console.log(all.subarray(from, to).toString('hex'));
                all = all.subarray(to + (end ? end.length : 0));
              }
            });
            s.on('end', () => s.end());
            """;

    @ParameterizedTest
    @CsvSource({
        "python3, nio, length1",
        "python3, bio, length2",
        "python3, nio, length4",
        "python3, bio, length8",
        "python3, nio, little4",
        "python3, bio, line",
        "python3, nio, crlf",
        "python3, bio, delimiter",
        "node, bio, length1",
        "node, nio, length2",
        "node, bio, length4",
        "node, nio, little4",
        "node, bio, line",
        "node, nio, crlf",
        "node, bio, delimiter"
    })
    void aForeignClientsMessagesAreAnsweredByMessages(String program, String transport, String kind) throws Exception {
        assumeTrue(Programs.isInstalled(program), program + " is not installed: install it to run this test");
        try (ServerHere server = ServerHere.serve(options(transport, kind));
                ChildProcess client = ChildProcess.program(
                        program,
                        program.equals("node") ? "-e" : "-c",
                        program.equals("node") ? NODE : PYTHON,
                        Integer.toString(server.port()),
                        kind)) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out())
                    .containsExactly(hex("Hello!"), hex("recv: a"), hex("recv: gr\u00fc\u00df"), hex("recv: the end"));
            assertThat(server.drain()).isNotEqualTo(StopOutcome.FORCED);
        }
    }

    private static String[] options(String transport, String kind) {
        List<String> options = new ArrayList<>(List.of("--transport", transport, "--framing"));
        switch (kind) {
            case "little4" ->
                options.addAll(List.of("length4", "--set", "edgewire.protocol.framing.endianness=little"));
            case "crlf" -> options.addAll(List.of("line", "--set", "edgewire.protocol.framing.line-end=crlf"));
            default -> options.add(kind);
        }
        return options.toArray(new String[0]);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
