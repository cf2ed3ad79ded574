using Sourcing.Data.Common;

namespace Sourcing.Data.Imports;

/// <summary>What a name in a file stands for.</summary>
public enum NameKind
{
    Supplier,
    Part,
}

/// <summary>
/// Another name of a supplier or part, as it stood in somebody's file: learnt when a person answered an unknown name, used by every
/// import after it. Its plain form (without accents and case) is unique within its kind.
/// </summary>
public sealed class NameAlias
{
    /// <summary>Characters of a name: longer texts are no names, and are not kept.</summary>
    public const int Longest = 150;

    private NameAlias()
    {
    }

    public Guid Id { get; private set; }

    public NameKind Kind { get; private set; }

    /// <summary>As written; 1 to <see cref="Longest"/> characters.</summary>
    public string Alias { get; private set; } = "";

    /// <summary>As compared: see <c>app.plain</c>.</summary>
    public string Plain { get; private set; } = "";

    /// <summary>The supplier or part. One that is gone is not found by it.</summary>
    public Guid TargetId { get; private set; }

    /// <summary>The import in which it was learnt.</summary>
    public Guid? ImportRunId { get; private set; }

    public string LearntBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}
