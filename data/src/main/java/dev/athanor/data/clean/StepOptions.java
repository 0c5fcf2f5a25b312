package dev.athanor.data.clean;

import dev.athanor.data.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The options of a step are the components of its record: here they are read from YAML, and told to people.
final class StepOptions {
    private static final String NO_LIMIT = "no limit";

    private StepOptions() {}

    /// A step like another but for the options given.
    ///
    /// @throws IllegalArgumentException for an option that is not known, with the nearest that is, and for values
    ///     that do not fit
    static Step bind(Step usual, Map<?, ?> given) {
        RecordComponent[] components = usual.getClass().getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        for (Object key : given.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("unknown option \"%s\"%s; %s"
                        .formatted(
                                key,
                                Nearest.hint(String.valueOf(key), known),
                                known.isEmpty() ? "it has none" : "known are " + String.join(", ", known)));
            }
        }
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] = given.containsKey(name)
                    ? convert(name, given.get(name), components[i].getGenericType())
                    : read(components[i], usual);
        }
        return make(usual.getClass(), values);
    }

    private static Step make(Class<? extends Step> kind, Object[] values) {
        try {
            return (Step) kind.getDeclaredConstructors()[0].newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException cause) {
                throw cause;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object convert(String key, Object value, Type type) {
        if (type instanceof ParameterizedType list) {
            List<?> values = value instanceof List<?> given ? given : List.of(String.valueOf(value));
            return values.stream()
                    .map(element -> convert(key, element, list.getActualTypeArguments()[0]))
                    .toList();
        }
        return converted(value, (Class<?>) type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is \"%s\": expected %s".formatted(key, value, expected((Class<?>) type))));
    }

    private static Optional<Object> converted(Object value, Class<?> type) {
        if (type.isEnum()) {
            return Arrays.<Object>stream(type.getEnumConstants())
                    .filter(constant ->
                            word(constant).equals(String.valueOf(value).toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
        return switch (type.getSimpleName()) {
            case "int" -> value instanceof Integer ? Optional.of(value) : Optional.empty();
            case "double", "Double" ->
                value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
            case "String" ->
                value instanceof String || value instanceof Number ? Optional.of(value.toString()) : Optional.empty();
            default -> throw new IllegalStateException("no option can be of the type " + type);
        };
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(StepOptions::word)
                                    .toList());
        }
        return switch (type.getSimpleName()) {
            case "int" -> "a whole number";
            case "double", "Double" -> "a number";
            default -> "a text";
        };
    }

    /// Every option with its value, as YAML has it.
    static SequencedMap<String, Object> values(Step step) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : step.getClass().getRecordComponents()) {
            values.put(component.getName(), plain(read(component, step)));
        }
        return values;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Enum<?> constant -> word(constant);
            case Double number when number.isInfinite() -> NO_LIMIT;
            case List<?> list -> list.stream().map(StepOptions::plain).toList();
            default -> value;
        };
    }

    static Steps.Description described(Step step) {
        SequencedMap<String, Object> values = values(step);
        List<Steps.Option> options = Arrays.stream(step.getClass().getRecordComponents())
                .map(component ->
                        new Steps.Option(component.getName(), shown(values.get(component.getName())), about(component)))
                .toList();
        return new Steps.Description(
                step.name(), step.getClass().getAnnotation(About.class).value(), options);
    }

    private static String about(RecordComponent component) {
        return component.getAnnotation(About.class).value();
    }

    private static String shown(Object value) {
        return value.equals("") ? "\"\"" : value.equals(Integer.MAX_VALUE) ? NO_LIMIT : value.toString();
    }

    private static Object read(RecordComponent component, Step from) {
        try {
            return component.getAccessor().invoke(from);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
