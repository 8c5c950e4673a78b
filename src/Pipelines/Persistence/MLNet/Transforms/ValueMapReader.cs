using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Pairs; the table is a binary data file, <c>DefaultMap.idv</c>, with the columns <c>Key</c> (in the older component <c>Term</c>) and <c>Value</c>.</summary>
internal static class ValueMapReader
{
    internal static void ReadMap(Component component, Payload payload, ChainBuilder chain) => Read(component, payload, chain, "Key");

    internal static void ReadLookup(Component component, Payload payload, ChainBuilder chain) => Read(component, payload, chain, "Term");

    private static void Read(Component component, Payload payload, ChainBuilder chain, string keyColumn)
    {
        const string valueColumn = "Value";
        InputOutputColumnPair[] pairs = payload.Pairs();
        BinaryView table = component.View("DefaultMap.idv");
        DataViewSchema.Column Column(string name) => table.Schema.GetColumnOrNull(name) ?? throw component.Invalid($"its table has no column '{name}'");
        try
        {
            ValueMap map = ValueMap.Of(table, Column(keyColumn), Column(valueColumn), absentIsZero: true);
            chain.Add(new ValueMappingTransformer([.. pairs.Select(pair => new ValueMapping(pair, map))]), pairs, Column(keyColumn).Type);
        }
        catch (ArgumentException e)
        {
            throw component.Invalid(e.Message.TrimEnd('.'), e);
        }
    }
}
