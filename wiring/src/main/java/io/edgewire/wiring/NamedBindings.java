package io.edgewire.wiring;

import com.google.inject.Provider;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Chooses, by the name in the configuration, among what modules have bound. */
final class NamedBindings {
    private NamedBindings() {}

    /**
     * What brings a binding.
     *
     * @param artifact its Maven coordinate
     * @param module its Guice module
     */
    record Source(String artifact, String module) {
        @Override
        public String toString() {
            return artifact + " and its " + module;
        }
    }

    /**
     * The binding that the configuration names.
     *
     * @param kind the key, which is also what the bindings are called
     * @param known names of ours and what would add them
     */
    static <T> T select(Settings settings, String kind, Map<String, Provider<T>> bound, Map<String, Source> known) {
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

    private static String advice(String name, TreeSet<String> bound, Map<String, Source> known) {
        Set<Source> present = new HashSet<>();
        for (Map.Entry<String, Source> entry : known.entrySet()) {
            if (bound.contains(entry.getKey())) {
                present.add(entry.getValue());
            }
        }
        Source source = known.get(name);
        if (source != null) {
            return present.contains(source)
                    ? "; " + name + " is not available in this version of " + source.artifact()
                    : "; to have " + name + ", add " + source;
        }
        StringBuilder advice = new StringBuilder();
        for (String other : new TreeSet<>(known.keySet())) {
            if (!present.contains(known.get(other))) {
                advice.append("; ").append(other).append(" comes with ").append(known.get(other));
            }
        }
        return advice.toString();
    }
}
