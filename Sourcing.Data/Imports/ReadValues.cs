using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sourcing.Data.Imports.Kinds;

namespace Sourcing.Data.Imports;

/// <summary>
/// What is seen of keys and values while a large file is read, in memory that does not grow with it, so that checks over all rows need
/// not be run where they can find nothing. It may say "perhaps" where the answer is no, never the other way round.
/// </summary>
internal sealed class ReadValues
{
    // Below so many rows the checks themselves cost nothing.
    private const int WorthIt = 20_000;
    private const int MostValues = 500;

    private readonly List<Values> _values = [];
    private readonly List<Keys> _keys = [];
    private readonly Dictionary<string, Watcher> _fields = [];

    public ReadValues(IEnumerable<RowCheck> checks, int rows)
    {
        foreach (var check in rows < WorthIt ? [] : checks)
        {
            if (check.ByValue)
            {
                _values.Add(new(check));
            }
            else if (check.Keys.Length > 0)
            {
                _keys.Add(new(check));
            }
        }

        foreach (var field in _values.Select(v => v.Check.Field).Concat(_keys.SelectMany(k => k.Check.Keys)).Distinct())
        {
            _fields[field] = new(_values.Find(v => v.Check.Field == field), _keys.Find(k => k.Check.Keys.Contains(field)));
        }

        // A field in two checks of a kind would need a list of each.
        _values.RemoveAll(v => _fields[v.Check.Field].Values != v);
        _keys.RemoveAll(k => k.Check.Keys.Any(f => _fields[f].Keys != k));
    }

    /// <summary>What looks at the values of a field; null where nothing does.</summary>
    public Watcher? For(string field) => _fields.GetValueOrDefault(field);

    /// <summary>The row has no more values.</summary>
    public void EndRow()
    {
        foreach (var keys in _keys)
        {
            keys.EndRow();
        }
    }

    /// <summary>No two rows can have the check's keys in common.</summary>
    public bool AllDiffer(RowCheck check) => _keys.Find(k => k.Check == check) is { AllDiffer: true };

    /// <summary>A stage of one row for each value that stands in the check's field, in SQL; null where there are many.</summary>
    public string? Sample(RowCheck check) => _values.Find(v => v.Check == check)?.Sql();

    /// <summary>Looks at the values of one field.</summary>
    internal sealed class Watcher(Values? values, Keys? keys)
    {
        internal Values? Values { get; } = values;

        internal Keys? Keys { get; } = keys;

        /// <summary>A value as COPY takes it.</summary>
        public void See(ReadOnlySpan<char> value, int row)
        {
            Values?.See(value, row);
            Keys?.See(value);
        }
    }

    internal sealed class Values(RowCheck check)
    {
        private readonly Dictionary<string, int> _rows = [];
        private bool _many;

        public RowCheck Check => check;

        public void See(ReadOnlySpan<char> value, int row)
        {
            if (_many || _rows.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(value) || value is "\\N")
            {
                return;
            }

            _many = _rows.Count == MostValues || value.Contains('\\');
            _rows[value.ToString()] = row;
        }

        public string? Sql() => _many ? null : $"""
            (select v.row, v.value as "{check.Field}", 'o'::"char" as state, null::jsonb as own, false as confirmed
            from unnest(array[{string.Join(", ", _rows.Values)}]::int[], array[{string.Join(", ", _rows.Keys.Select(k => $"'{k.Replace("'", "''", StringComparison.Ordinal)}'"))}]::text[]) v (row, value))
            """;
    }

    /// <summary>A Bloom filter in blocks of a cache line: 32 MB, in which a million keys hardly ever meet by chance.</summary>
    internal sealed class Keys(RowCheck check)
    {
        private const int Blocks = 1 << 19;
        private readonly ulong[] _bits = new ulong[Blocks * 8];
        private ulong _hash = Seed;
        private bool _null;

        private const ulong Seed = 0x9E37_79B9_7F4A_7C15;

        public RowCheck Check => check;

        public bool AllDiffer { get; private set; } = true;

        public void See(ReadOnlySpan<char> value)
        {
            _null |= value is "\\N";
            var bytes = MemoryMarshal.AsBytes(value);
            var hash = _hash ^ (ulong)bytes.Length;
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            }

            var rest = 0UL;
            foreach (var b in bytes)
            {
                rest = (rest << 8) | b;
            }

            _hash = Mix(hash ^ rest);
        }

        public void EndRow()
        {
            if (!_null)
            {
                AllDiffer &= Add(Mix(_hash));
            }

            (_hash, _null) = (Seed, false);
        }

        // True when it was not there.
        private bool Add(ulong hash)
        {
            var block = _bits.AsSpan((int)(hash >> 45) * 8, 8);
            var isNew = false;
            for (var i = 0; i < 5; i++, hash >>= 9)
            {
                ref var word = ref block[(int)(hash & 7)];
                var bit = 1UL << (int)((hash >> 3) & 63);
                isNew |= (word & bit) == 0;
                word |= bit;
            }

            return isNew;
        }

        private static ulong Mix(ulong value)
        {
            value *= 0xD6E8_FEB8_6659_FD93;
            value ^= value >> 32;
            value *= 0xD6E8_FEB8_6659_FD93;
            return value ^ (value >> 32);
        }
    }
}
