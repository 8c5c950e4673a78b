using System.Globalization;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>
/// Makes a table fit to learn from and says what it changed. An amount far from what trend and season say is compared with the identities first: where the books agree
/// with it, it stays. Otherwise it becomes what the identities say, or what it is without a slipped decimal point or a wrong sign, or else what
/// is expected. Missing amounts follow from identities where they can.
/// </summary>
internal sealed class FinancialCleaning
{
    private static readonly double[] SlippedFactors = [10, 100, 1000, 0.1, 0.01, 0.001, -1];

    private readonly FinancialTable _table;
    private readonly IReadOnlyList<AccountingIdentity> _identities;
    private readonly FinancialForecastingOptions _options;
    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);
    private readonly List<FinancialChange> _changes;
    private readonly FinancialLine[] _given;

    /// <param name="table">The table as it was read.</param>
    /// <param name="identities">What holds between its lines; what they define and the table lacks becomes a line.</param>
    /// <param name="options">How far off amounts may be.</param>
    internal FinancialCleaning(FinancialTable table, IReadOnlyList<AccountingIdentity> identities, FinancialForecastingOptions options)
    {
        (_table, _identities, _options) = (table, identities, options);
        _given = [.. table.Lines];
        _changes = [.. table.Notes];
        foreach (FinancialLine line in _given) _values[line.Name] = [.. line.Values];
    }

    internal IReadOnlyList<FinancialChange> Changes => _changes;

    internal FinancialTable Run()
    {
        foreach (FinancialLine line in _given) CheckEnds(line);
        CorrectOutliers();
        FillByIdentities();
        foreach (FinancialLine line in _given) FillByExpectation(line);
        return _table.With([.. _given.Select(line => line with { Values = _values[line.Name] }), .. DerivedLines()]);
    }

    /// <summary>Where identities do not hold in a table.</summary>
    internal static IReadOnlyList<IdentityBreach> BreachesOf(FinancialTable table, IReadOnlyList<AccountingIdentity> identities, double tolerance)
    {
        var lines = table.Lines.ToDictionary(line => line.Name, line => line.Values);
        List<IdentityBreach> breaches = [];
        foreach (AccountingIdentity identity in identities)
        {
            for (int period = 0; period < table.Count; period++)
            {
                double difference = identity.Difference(line => lines[line][period]);
                double largest = identity.Terms.Max(term => Math.Abs(term.Factor * lines[term.Line][period]));
                if (Math.Abs(difference) > tolerance * largest) breaches.Add(new IdentityBreach(identity.Text, table.NameOf(period), difference));
            }
        }
        return breaches;
    }

    private void CorrectOutliers()
    {
        var expectations = _given.ToDictionary(line => line.Name, line => new LineExpectation(_values[line.Name], _table.PeriodsPerYear));
        var outliers = new HashSet<(string Line, int Period)>();
        foreach (FinancialLine line in _given)
        {
            LineExpectation expectation = expectations[line.Name];
            for (int period = 0; period < _table.Count; period++)
                if (expectation.IsSeasonal && Math.Abs(expectation.Distance(period, _values[line.Name][period])) > _options.OutlierFence) outliers.Add((line.Name, period));
        }
        foreach (FinancialLine line in _given)
        {
            for (int period = 0; period < _table.Count; period++)
                if (outliers.Contains((line.Name, period))) Correct(line, period, expectations[line.Name], outliers);
        }
    }

    private void Correct(FinancialLine line, int period, LineExpectation expectation, HashSet<(string Line, int Period)> outliers)
    {
        double found = _values[line.Name][period];
        string usual = $"Trend and season suggest about {Written(expectation[period])}";
        AccountingIdentity[] witnesses = [.. _identities.Where(identity => identity.Terms.Any(term => term.Line == line.Name)
            && identity.Terms.All(term => _values.TryGetValue(term.Line, out double[]? values) && !double.IsNaN(values[period])))];
        if (Array.Find(witnesses, identity => Holds(identity, period)) is { } holds)
        {
            Add(line, period, found, found, $"{usual}, but it agrees with {holds.Text}: kept.");
            return;
        }
        bool Fits(double value) => Math.Abs(expectation.Distance(period, value)) <= _options.OutlierFence;
        foreach (AccountingIdentity identity in witnesses.Where(identity => identity.Terms.All(term => term.Line == line.Name || !outliers.Contains((term.Line, period)))))
        {
            double implied = identity.Solve(line.Name, other => _values[other][period]);
            if (!Fits(implied)) continue;
            Set(line, period, found, implied, $"{usual}; {identity.Text} gives this amount.");
            return;
        }
        double slipped = Array.Find(SlippedFactors, factor => Fits(found / factor));
        if (slipped != 0)
        {
            Set(line, period, found, found / slipped, slipped < 0 ? $"{usual}: the sign is wrong." : $"{usual}: the decimal point has slipped.");
            return;
        }
        bool isRun = outliers.Contains((line.Name, period - 1)) || outliers.Contains((line.Name, period + 1));
        if (isRun) Add(line, period, found, found, $"{usual}, but it does not stand alone: kept.");
        else Set(line, period, found, Rounded(expectation[period]), $"{usual}.");
    }

    private bool Holds(AccountingIdentity identity, int period) =>
        Math.Abs(identity.Difference(line => _values[line][period])) <= _options.IdentityTolerance * identity.Terms.Max(term => Math.Abs(term.Factor * _values[term.Line][period]));

    /// <summary>Fills what one identity says, and then what follows from that.</summary>
    private void FillByIdentities()
    {
        for (bool again = true; again;)
        {
            again = false;
            foreach (AccountingIdentity identity in _identities.Where(identity => identity.Terms.All(term => _values.ContainsKey(term.Line))))
            {
                for (int period = 0; period < _table.Count; period++)
                {
                    IdentityTerm[] missing = [.. identity.Terms.Where(term => double.IsNaN(_values[term.Line][period]))];
                    if (missing.Length != 1) continue;
                    FinancialLine line = Array.Find(_given, given => given.Name == missing[0].Line)!;
                    Set(line, period, double.NaN, identity.Solve(line.Name, other => _values[other][period]), $"{identity.Text} gives this amount.");
                    again = true;
                }
            }
        }
    }

    private void FillByExpectation(FinancialLine line)
    {
        double[] values = _values[line.Name];
        if (!values.Any(double.IsNaN)) return;
        var expectation = new LineExpectation(values, _table.PeriodsPerYear);
        int first = Array.FindIndex(values, value => !double.IsNaN(value));
        for (int period = first + 1; period < values.Length; period++)
            if (double.IsNaN(values[period])) Set(line, period, double.NaN, Rounded(expectation[period]), expectation.IsSeasonal ? "Trend and season suggest it." : "Its neighbours suggest it.");
    }

    private void CheckEnds(FinancialLine line)
    {
        int last = Array.FindLastIndex(_values[line.Name], value => !double.IsNaN(value));
        if (_values[line.Name].Count(value => !double.IsNaN(value)) < 2) throw new MLPipelinesException($"Line '{line.Name}' has fewer than two amounts; leave it out.");
        if (_table.Count - 1 - last > Math.Max(_table.PeriodsPerYear / 2, 1))
            throw new MLPipelinesException($"Line '{line.Name}' ends in {_table.NameOf(last)}, and the table in {_table.NameOf(_table.Count - 1)}. Write 0 where there is nothing any more, or leave the line out.");
    }

    private List<FinancialLine> DerivedLines()
    {
        List<FinancialLine> derived = [];
        List<AccountingIdentity> open = [.. _identities.Where(identity => identity.Terms.Any(term => !_values.ContainsKey(term.Line)))];
        while (open.Count > 0)
        {
            AccountingIdentity identity = open.Find(identity => identity.Terms.Count(term => !_values.ContainsKey(term.Line)) == 1)
                ?? throw new MLPipelinesException($"Identity '{open[0].Text}': {string.Join(", ", open[0].Terms.Where(term => !_values.ContainsKey(term.Line)).Select(term => $"'{term.Line}'"))} cannot be computed from the lines of the table, which are: {string.Join(", ", _given.Select(line => line.Name))}.");
            string name = identity.Terms.First(term => !_values.ContainsKey(term.Line)).Line;
            double[] values = [.. Enumerable.Range(0, _table.Count).Select(period => identity.Solve(name, other => _values[other][period]))];
            _values[name] = values;
            derived.Add(new FinancialLine(name, values) { IsDerived = true });
            open.RemoveAll(identity => identity.Terms.All(term => _values.ContainsKey(term.Line)));
        }
        return derived;
    }

    private void Set(FinancialLine line, int period, double found, double became, string reason)
    {
        Add(line, period, found, became, reason);
        _values[line.Name][period] = became;
    }

    private void Add(FinancialLine line, int period, double found, double became, string reason) =>
        _changes.Add(new FinancialChange(line.Name, _table.NameOf(period), double.IsNaN(found) ? "nothing" : Written(found), Written(became), reason) { Index = period, Value = became, FoundValue = found });

    private static double Rounded(double value) => Math.Abs(value) >= 1000 ? Math.Round(value) : Math.Round(value, 2);

    private static string Written(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "#,0.##", CultureInfo.InvariantCulture);
}
