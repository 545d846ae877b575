package io.edgewire.bench.soak;

import io.edgewire.bench.soak.Talker.Ending;
import io.edgewire.bench.soak.Talker.Script;
import java.util.List;
import java.util.Random;

/** Who comes next, drawn from a seed. */
interface Cast {
    /** The next ones, which come together from one address. */
    List<? extends Client> next(Herd herd, Random random);

    /** What a server meets in a year, in the proportions of a bad week. */
    static List<? extends Client> everybody(Herd herd, Random random) {
        int draw = random.nextInt(2000);
        if (draw == 0) {
            return new Flood(herd).visitors();
        }
        return List.of(one(herd, random, draw));
    }

    /** Short visits alone, for many of them in little time. */
    static List<? extends Client> shortVisits(Herd herd, Random random) {
        int draw = random.nextInt(1000);
        if (draw == 0) {
            return new Flood(herd).visitors();
        }
        if (draw < 15) {
            return List.of(new Passer(herd, Passer.Manner.CLOGS, random.nextLong()));
        }
        return List.of(draw < 400 ? passer(herd, random) : talker(herd, random, 2, 600, 0));
    }

    /** Those that stay and answer heartbeats. */
    static List<? extends Client> regulars(Herd herd, Random random) {
        return List.of(talker(herd, random, 10_000, 2000, 6000));
    }

    private static Client one(Herd herd, Random random, int draw) {
        if (draw < 500) {
            return passer(herd, random);
        }
        if (draw < 520) {
            return new Mute(herd);
        }
        if (draw < 525) {
            return new Staller(herd);
        }
        if (draw < 530) {
            return new Passer(herd, Passer.Manner.CLOGS, random.nextLong());
        }
        if (draw < 550) {
            Script slow = new Script(1, 100_000, 400_000, 0, 32_000, anEnding(random));
            return new Talker(herd, slow, random.nextLong());
        }
        if (draw < 560) {
            return talker(herd, random, 3, 1_500_000, 500);
        }
        if (draw < 610) {
            return talker(herd, random, 12, 3000, 16_000);
        }
        return talker(herd, random, 6, 4000, 300);
    }

    private static Passer passer(Herd herd, Random random) {
        Passer.Manner[] light = {
            Passer.Manner.LOOKS_IN, Passer.Manner.UNREAD, Passer.Manner.RESETS, Passer.Manner.GARBAGE
        };
        return new Passer(herd, pick(light, random), random.nextLong());
    }

    private static Talker talker(Herd herd, Random random, int messages, int most, long thinkMillis) {
        Script script =
                new Script(1 + random.nextInt(messages), 1, most, thinkMillis, Integer.MAX_VALUE, anEnding(random));
        return new Talker(herd, script, random.nextLong());
    }

    private static Ending anEnding(Random random) {
        return pick(Ending.values(), random);
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
