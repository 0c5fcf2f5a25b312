package dev.athanor.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A public record again with some of its values replaced: of many settings one changes, and the others need not be
/// named.
public final class RecordCopy {
    private RecordCopy() {}

    /// @param replaced by the name of the component, each of the type that it has
    /// @throws IllegalStateException for a name that is none of the record's
    @SuppressWarnings("unchecked") // it is made by the record's own constructor
    public static <R extends Record> R with(R record, Map<String, ?> replaced) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        Set<String> known = new HashSet<>();
        try {
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                known.add(name);
                types[i] = components[i].getType();
                values[i] = replaced.containsKey(name)
                        ? replaced.get(name)
                        : components[i].getAccessor().invoke(record);
            }
            if (!known.containsAll(replaced.keySet())) {
                throw new IllegalStateException("%s: expected some of %s".formatted(replaced.keySet(), known));
            }
            return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
