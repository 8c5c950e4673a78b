using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLPipelines.Data;

/// <summary>Makes rows out of columns. Safe to use from many threads.</summary>
internal sealed class RowReader<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>
{
    private readonly RowMember<TRow>[] _members;
    private readonly int[] _columns;
    private readonly Func<Batch, int, TRow>? _construct;
    private readonly bool[] _set;
    private readonly bool _allSettable;

    internal RowReader(IReadOnlyList<(RowMember<TRow> Member, int Column)> bound, ConstructorInfo? constructor, IReadOnlyList<RowMember<TRow>> all)
    {
        _members = [.. bound.Select(b => b.Member)];
        _columns = [.. bound.Select(b => b.Column)];
        _allSettable = Array.TrueForAll(_members, member => member.IsSettable);
        // What the constructor takes is not set a second time.
        _set = new bool[_members.Length];
        Array.Fill(_set, value: true);
        if (constructor is not null) _construct = Constructor(constructor, all);
        else if (!typeof(TRow).IsValueType && typeof(TRow).GetConstructor(Type.EmptyTypes) is null)
            throw new InvalidOperationException($"{typeof(TRow).Name} cannot be created: expected a public constructor without parameters, or one whose parameters are named like its properties.");
    }

    /// <summary>The indices of the columns that it reads.</summary>
    internal IReadOnlyList<int> Columns => _columns;

    /// <summary>A new row with the values of a row of a batch.</summary>
    internal TRow Create(Batch batch, int row)
    {
        TRow created = _construct is null ? Activator.CreateInstance<TRow>() : _construct(batch, row);
        for (int i = 0; i < _members.Length; i++)
            if (_set[i]) _members[i].Fill(ref created, batch[_columns[i]], row, reuse: false);
        return created;
    }

    /// <summary>
    /// Sets the members of a row that exists; arrays that have the right length are written into. A row whose members cannot be
    /// set is replaced by a new one.
    /// </summary>
    internal void Fill(Batch batch, int row, ref TRow target)
    {
        if (target is null || !_allSettable)
        {
            target = Create(batch, row);
            return;
        }
        for (int i = 0; i < _members.Length; i++) _members[i].Fill(ref target, batch[_columns[i]], row, reuse: true);
    }

    private Func<Batch, int, TRow> Constructor(ConstructorInfo constructor, IReadOnlyList<RowMember<TRow>> all)
    {
        ParameterInfo[] parameters = constructor.GetParameters();
        var sources = Array.ConvertAll(parameters, parameter =>
        {
            MemberInfo? info = RowTypeMembers.MemberOf(parameter, all.Select(m => m.Member));
            RowMember<TRow>? member = all.FirstOrDefault(m => m.Member == info);
            int at = Array.IndexOf(_members, member);
            if (at >= 0) _set[at] = false;
            return (Member: member, Column: at >= 0 ? _columns[at] : (int?)null);
        });
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            ParameterExpression batch = Expression.Parameter(typeof(Batch)), row = Expression.Parameter(typeof(int));
            var arguments = parameters.Select((parameter, i) => sources[i].Member is { } member
                ? Expression.Invoke(Expression.Constant(member.CreateReader(sources[i].Column)), batch, row)
                : (Expression)Expression.Default(parameter.ParameterType));
            return Expression.Lambda<Func<Batch, int, TRow>>(Expression.New(constructor, arguments), batch, row).Compile();
        }
        var invoker = ConstructorInvoker.Create(constructor);
        return (batch, row) =>
        {
            object?[] values = Array.ConvertAll(sources, source => source.Column is { } column ? source.Member!.ReadBoxed(batch[column], row) : null);
            return (TRow)invoker.Invoke(values.AsSpan());
        };
    }
}
