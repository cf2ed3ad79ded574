using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports;

/// <summary>Another text for one cell.</summary>
/// <param name="Row">As numbered in the file.</param>
/// <param name="Field">Key of the field.</param>
/// <param name="Text">At most 4,000 characters.</param>
public sealed record Mend(int Row, string Field, string Text);

/// <summary>A mapping to be kept under a name.</summary>
public sealed class SaveMappingForm : IForm
{
    /// <inheritdoc/>
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>The run whose mapping it is.</summary>
    public Guid RunId { get; set; }

    [Required(ErrorMessage = "Give the mapping a name.")]
    [StringLength(80, ErrorMessage = "A name has at most 80 characters.")]
    public string Name { get; set; } = "";
}
