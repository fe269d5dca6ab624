package io.github.camelsendtalk.leaks;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What {@code toString} says of every object that can be reached from some, through the fields of our own classes.
 *
 * <p>A text is left out, because a key must stand somewhere; but any object is a thing that somebody may log.
 */
final class TextForms {

    private static final String OURS = "io.github.camelsendtalk.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private final StringBuilder texts = new StringBuilder();

    private TextForms() {}

    static String reachableFrom(List<Object> roots) {
        TextForms forms = new TextForms();
        roots.forEach(forms::add);
        while (!forms.left.isEmpty()) {
            forms.visit(forms.left.remove());
        }
        return forms.texts.toString();
    }

    private void add(Object object) {
        if (object != null && !(object instanceof CharSequence) && seen.add(object)) {
            left.add(object);
        }
    }

    private void visit(Object object) {
        if (object instanceof Map<?, ?> map) {
            map.keySet().forEach(this::add);
            map.values().forEach(this::add);
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(this::add);
        } else if (object instanceof Object[] array) {
            Arrays.asList(array).forEach(this::add);
        } else if (object instanceof AtomicReference<?> reference) {
            add(reference.get());
        } else {
            texts.append(object.getClass().getName())
                    .append(": ")
                    .append(object)
                    .append('\n');
            fields(object);
        }
    }

    private void fields(Object object) {
        for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    add(value(field, object));
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS) && !type.isEnum();
    }

    private static Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
