using System.ComponentModel.DataAnnotations;

namespace Sourcing.Web.Account;

/// <summary>A password typed twice, because it is not seen.</summary>
internal class NewPassword
{
    [Required(ErrorMessage = "Type a password.")]
    [StringLength(200, MinimumLength = 10, ErrorMessage = "Use 10 to 200 characters; four words do well.")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Type the password again.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type them again.")]
    public string? Again { get; set; }
}
