package io.edgewire.protocols;

/**
 * Finds a word in a stream of bytes, however the stream is cut: the automaton of Knuth, Morris and Pratt. Where the
 * search stands is one number, which the connection keeps; the word itself is shared by all.
 */
final class EndWord {
    private final byte[] word;
    /** At i: when i bytes match and the next does not, how many of them may begin the word again. */
    private final int[] fallback;

    EndWord(byte[] word) {
        this.word = word;
        this.fallback = new int[word.length + 1];
        for (int i = 1, matched = 0; i < word.length; i++) {
            matched = advance(matched, word[i]);
            fallback[i + 1] = matched;
        }
    }

    boolean isEmpty() {
        return word.length == 0;
    }

    boolean isFound(int matched) {
        return matched == word.length;
    }

    /** How many bytes of the word match after one more byte; not to be asked again once the word is found. */
    int advance(int matched, byte next) {
        int state = matched;
        while (state > 0 && word[state] != next) {
            state = fallback[state];
        }
        return word[state] == next ? state + 1 : 0;
    }
}
