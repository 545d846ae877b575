package io.edgewire.wiring;

import com.google.inject.Provider;
import java.util.Map;
import java.util.TreeSet;

/** Chooses, by the name in the configuration, among what modules have bound. */
final class NamedBindings {
    private NamedBindings() {}

    /**
     * The binding that the configuration names.
     *
     * @param kind the key, which is also what the bindings are called
     * @param known names of ours and what would add them: a Maven coordinate and a Guice module
     */
    static <T> T select(Settings settings, String kind, Map<String, Provider<T>> bound, Map<String, String> known) {
        String name = settings.text(kind);
        Provider<T> provider = bound.get(name);
        if (provider != null) {
            return provider.get();
        }
        TreeSet<String> names = new TreeSet<>(bound.keySet());
        String mustBe = names.isEmpty()
                ? "the name of a " + kind + ", and no module has bound one"
                : "one of the " + kind + "s that are bound (" + String.join(", ", names) + ")";
        throw settings.invalid(kind, mustBe + advice(name, names, known));
    }

    private static String advice(String name, TreeSet<String> bound, Map<String, String> known) {
        String source = known.get(name);
        if (source != null) {
            return "; to have " + name + ", add " + source;
        }
        StringBuilder advice = new StringBuilder();
        for (String other : new TreeSet<>(known.keySet())) {
            if (!bound.contains(other)) {
                advice.append("; ").append(other).append(" comes with ").append(known.get(other));
            }
        }
        return advice.toString();
    }
}
