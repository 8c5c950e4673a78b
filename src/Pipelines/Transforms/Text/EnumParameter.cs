namespace MLPipelines.Transforms.Text;

/// <summary>Reads a parameter that was saved as the name of an enumeration value.</summary>
internal static class EnumParameter
{
    internal static T GetEnum<T>(this ModelStepReader reader, string name) where T : struct, Enum
    {
        string text = reader.GetString(name);
        return Enum.TryParse(text, out T value) && Enum.IsDefined(value) ? value
            : throw reader.Invalid($"parameter '{name}' is '{text}', expected one of {string.Join(", ", Enum.GetNames<T>())}");
    }
}
