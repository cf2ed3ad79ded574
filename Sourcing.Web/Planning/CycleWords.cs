using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Words of cycles and of what differs between two.</summary>
internal static class CycleWords
{
    /// <summary>820 ms, 2.4 s, 1 min 12 s.</summary>
    public static string Took(TimeSpan time, Formats format) => time switch
    {
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:0}\u00a0ms",
        { TotalSeconds: < 60 } => $"{format.Number((decimal)time.TotalSeconds, 1, 1)}\u00a0s",
        _ => $"{(int)time.TotalMinutes}\u00a0min {time.Seconds}\u00a0s",
    };

    /// <summary>What differs: New, Gone, or Quantity and date.</summary>
    public static string Of(PlanChangeKinds kinds)
    {
        var words = Enum.GetValues<PlanChangeKinds>().Where(k => k != PlanChangeKinds.None && kinds.HasFlag(k)).Select(k => Words.Spaced(k).ToLowerInvariant()).ToList();
        var text = words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>How near a change is.</summary>
    public static string Of(PlanZone zone) => zone switch { PlanZone.Frozen => "Within the frozen fence", PlanZone.Release => "Within the window of recommendations", _ => "Later" };

    /// <summary>A phase of a run.</summary>
    public static string Phase(string phase) => phase switch
    {
        "load" => "Read the data", "prepare" => "Prepare", "explode" => "Explode bills of materials", "net" => "Net needs", "lot" => "Size lots", "supplier" => "Choose suppliers", "peg" => "Peg",
        "engine" => "Engine, wall time", "write" => "Write", "total" => "Together", _ => MaterialWords.Spaced(phase),
    };
}
