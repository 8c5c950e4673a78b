namespace MLPipelines.Transforms;

public sealed partial class HashingEstimator
{
    internal static class Defaults
    {
        internal const int NumberOfBits = 31;
        internal const uint Seed = 314489979;
        internal const bool UseOrderedHashing = false;
        internal const int MaximumNumberOfInverts = 0;
        internal const bool Combine = false;
    }

    /// <summary>How one column is hashed.</summary>
    public sealed class ColumnOptions
    {
        /// <param name="name">The key column that is made.</param>
        /// <param name="inputColumnName">The column to hash; the same name when left out.</param>
        /// <param name="numberOfBits">How many bits of the hash are kept: 1 to 31.</param>
        /// <param name="seed">What the hash starts with.</param>
        /// <param name="useOrderedHashing">Whether the slot that a value is in takes part in its hash.</param>
        /// <param name="maximumNumberOfInverts">How many values are kept for each key, to tell what it stands for: 0 for none, -1 for all.
        /// With at most 30 bits.</param>
        /// <param name="combine">Whether the items of a vector make one hash, in place of one each.</param>
        public ColumnOptions(string name, string? inputColumnName = null, int numberOfBits = Defaults.NumberOfBits, uint seed = Defaults.Seed,
            bool useOrderedHashing = Defaults.UseOrderedHashing, int maximumNumberOfInverts = Defaults.MaximumNumberOfInverts, bool combine = Defaults.Combine)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            (Name, InputColumnName, NumberOfBits, Seed) = (name, inputColumnName ?? name, numberOfBits, seed);
            (UseOrderedHashing, MaximumNumberOfInverts, Combine) = (useOrderedHashing, maximumNumberOfInverts, combine);
            Check();
        }

        public string Name { get; set; }

        public string InputColumnName { get; set; }

        public int NumberOfBits { get; set; }

        public uint Seed { get; set; }

        public bool UseOrderedHashing { get; set; }

        public int MaximumNumberOfInverts { get; set; }

        public bool Combine { get; set; }

        // The options may change after they were given; an estimator must not.
        internal ColumnOptions Copy() => new(Name, InputColumnName, NumberOfBits, Seed, UseOrderedHashing, MaximumNumberOfInverts, Combine);

        private void Check()
        {
            if (NumberOfBits is < 1 or > 31)
                throw new ArgumentOutOfRangeException(nameof(NumberOfBits), NumberOfBits, $"Hash: column '{Name}': the number of bits is from 1 to 31.");
            if (MaximumNumberOfInverts < -1)
                throw new ArgumentOutOfRangeException(nameof(MaximumNumberOfInverts), MaximumNumberOfInverts, $"Hash: column '{Name}': expected -1 for all, 0 for none, or a number.");
            if (MaximumNumberOfInverts != 0 && NumberOfBits > 30)
                throw new ArgumentOutOfRangeException(nameof(NumberOfBits), NumberOfBits, $"Hash: column '{Name}': what keys stand for can be kept with at most 30 bits.");
            if (Combine && (MaximumNumberOfInverts != 0 || UseOrderedHashing))
                throw new ArgumentException($"Hash: column '{Name}': with Combine, neither ordered hashing nor inverts are possible.", nameof(Combine));
        }
    }
}
