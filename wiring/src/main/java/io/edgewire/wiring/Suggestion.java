package io.edgewire.wiring;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Suggestion {
    private Suggestion() {}

    /** The candidate nearest to a word, unless the nearest is too far off to be a slip of the keyboard. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        String best = "";
        int least = 1 + word.length() / 3;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance > 0 && (distance < least || (distance == least && best.isEmpty()))) {
                best = candidate;
                least = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** How many letters must be put in, taken out or changed (Levenshtein's distance). */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
            }
            above = row;
        }
        return above[to.length()];
    }
}
