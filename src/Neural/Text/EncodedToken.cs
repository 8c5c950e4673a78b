namespace MLPipelines.Tokenizers;

/// <summary>A token of a text: its number, how the vocabulary writes it, and which characters of the text it stands for.</summary>
/// <param name="id">Its number.</param>
/// <param name="value">As the vocabulary writes it.</param>
/// <param name="offset">Where it stands in the text as it was given, in UTF-16 units.</param>
public readonly struct EncodedToken(int id, string value, Range offset) : IEquatable<EncodedToken>
{
    public int Id { get; } = id;

    public string Value { get; } = value;

    public Range Offset { get; } = offset;

    public bool Equals(EncodedToken other) => Id == other.Id && Value == other.Value && Offset.Equals(other.Offset);

    public override bool Equals(object? obj) => obj is EncodedToken other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Id, Value, Offset);

    public static bool operator ==(EncodedToken left, EncodedToken right) => left.Equals(right);

    public static bool operator !=(EncodedToken left, EncodedToken right) => !left.Equals(right);

    public override string ToString() => $"{Id} '{Value}' {Offset}";
}
