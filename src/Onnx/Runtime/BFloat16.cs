namespace MLPipelines.Onnx;

/// <summary>The upper half of a <see cref="float"/>: its sign, its exponent and seven bits of its fraction.</summary>
internal readonly record struct BFloat16(ushort Bits)
{
    /// <summary>Rounds to the nearest, and to the even one of two that are as near.</summary>
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return new BFloat16((ushort)((bits >> 16) | 0x40));
        return new BFloat16((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    public override string ToString() => ((float)this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
