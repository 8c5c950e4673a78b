using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLPipelines.Data;

internal delegate TValue MemberGetter<TRow, out TValue>(ref TRow row);

internal delegate void MemberSetter<TRow, in TValue>(ref TRow row, TValue value);

/// <summary>Typed delegates that read and write one property or field: no boxing, and no reflection once they are made.</summary>
internal static class MemberAccess
{
    /// <summary>What reads a field, or a property of rows that are passed by reference.</summary>
    internal static MemberGetter<TRow, TValue> Getter<TRow, TValue>(MemberInfo member)
    {
        if (member is FieldInfo field) return FieldGetter<TRow, TValue>(field);
        return ((PropertyInfo)member).GetMethod!.CreateDelegate<MemberGetter<TRow, TValue>>();
    }

    /// <summary>What reads a property of rows that are objects; <see langword="null"/> for a field, and for rows that are passed by reference.</summary>
    internal static Func<TRow, TValue>? ObjectGetterOrNull<TRow, TValue>(MemberInfo member) =>
        !typeof(TRow).IsValueType && member is PropertyInfo property ? property.GetMethod!.CreateDelegate<Func<TRow, TValue>>() : null;

    internal static MemberSetter<TRow, TValue> Setter<TRow, TValue>(MemberInfo member)
    {
        if (member is FieldInfo field) return FieldSetter<TRow, TValue>(field);
        MethodInfo method = ((PropertyInfo)member).SetMethod!;
        if (typeof(TRow).IsValueType) return method.CreateDelegate<MemberSetter<TRow, TValue>>();
        var set = method.CreateDelegate<Action<TRow, TValue>>();
        return (ref TRow row, TValue value) => set(row, value);
    }

    private static MemberGetter<TRow, TValue> FieldGetter<TRow, TValue>(FieldInfo field)
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled) return (ref TRow row) => (TValue)field.GetValue(row)!;
        ParameterExpression row = Expression.Parameter(typeof(TRow).MakeByRefType());
        return Expression.Lambda<MemberGetter<TRow, TValue>>(Expression.Field(row, field), row).Compile();
    }

    private static MemberSetter<TRow, TValue> FieldSetter<TRow, TValue>(FieldInfo field)
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            ParameterExpression row = Expression.Parameter(typeof(TRow).MakeByRefType()), value = Expression.Parameter(typeof(TValue));
            return Expression.Lambda<MemberSetter<TRow, TValue>>(Expression.Assign(Expression.Field(row, field), value), row, value).Compile();
        }
        return (ref TRow row, TValue value) =>
        {
            object boxed = row!;
            field.SetValue(boxed, value);
            row = (TRow)boxed;
        };
    }
}
