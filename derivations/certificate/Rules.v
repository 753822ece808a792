(** One lemma for each row of the table of rules, of the same name: the statement is the row's, word for word as
    [derivations.certificate.schemas] reads it (a test compares), the proof is ours. The rows that are computations
    (algebra) are tactics, in [Tactics]. *)
From Coquelicot Require Import Coquelicot.
From Coq Require Import Reals Lra Lia List ZArith.
From Derivations Require Import Base Facts.
Import ListNotations.
Open Scope R_scope.

(** * Definitions *)

Lemma expectation {A : Type} (D : fset A) (G Q : A -> R) :
  Expectation D (fun z => Q z) (fun z => G z) = Sum D (fun z => Q z * G z).
Proof.
  reflexivity.
Qed.

Lemma variance {A : Type} (D : fset A) (G Q : A -> R) :
  Variance D (fun z => Q z) (fun z => G z) = Sum D (fun z => Q z * (G z - Sum D (fun w => Q w * G w)) ^^ 2).
Proof.
  reflexivity.
Qed.

Lemma covariance {A : Type} (D : fset A) (G H Q : A -> R) :
  Covariance D (fun z => Q z) (fun z => G z) (fun z => H z) = Sum D (fun z => Q z * ((G z - Sum D (fun w => Q w * G w)) * (H z - Sum D (fun w => Q w * H w)))).
Proof.
  reflexivity.
Qed.

Lemma kl_divergence {A : Type} (D : fset A) (P Q : A -> R) :
  Divergence D (fun z => Q z) (fun z => P z) = Sum D (fun z => Q z * ln (Q z / P z)).
Proof.
  reflexivity.
Qed.

Lemma entropy {A : Type} (D : fset A) (Q : A -> R) :
  Entropy D (fun z => Q z) = - Sum D (fun z => Q z * ln (Q z)).
Proof.
  reflexivity.
Qed.

Lemma cross_entropy {A : Type} (D : fset A) (P Q : A -> R) :
  CrossEntropy D (fun z => Q z) (fun z => P z) = - Sum D (fun z => Q z * ln (P z)).
Proof.
  reflexivity.
Qed.

Lemma bernoulli (b z : R) :
  member z bits ->
  bern b z = b ^^ z * (1 - b) ^^ (1 - z).
Proof.
  intros Hz; apply bits_cases in Hz; destruct Hz as [-> | ->];
  rewrite ?bern_zero, ?bern_one, ?Rminus_0_r, ?Rminus_eq_0, ?power_zero, ?power_one; ring.
Qed.

Lemma bernoulli_zero (b : R) :
  bern b 0 = 1 - b.
Proof.
  apply bern_zero.
Qed.

Lemma bernoulli_one (b : R) :
  bern b 1 = b.
Proof.
  apply bern_one.
Qed.

Lemma sigmoid (a : R) :
  Sigmoid a = 1 / (1 + exp (- a)).
Proof.
  unfold Sigmoid; field; pose proof (exp_pos (- a)); lra.
Qed.

Lemma logit (a : R) :
  Logit a = ln (a / (1 - a)).
Proof.
  reflexivity.
Qed.

Lemma softplus (a : R) :
  Softplus a = ln (1 + exp a).
Proof.
  reflexivity.
Qed.

Lemma tanh (a : R) :
  Tanh a = (exp a - exp (- a)) / (exp a + exp (- a)).
Proof.
  reflexivity.
Qed.

Lemma sinh (a : R) :
  Sinh a = (exp a - exp (- a)) / 2.
Proof.
  reflexivity.
Qed.

Lemma cosh (a : R) :
  Cosh a = (exp a + exp (- a)) / 2.
Proof.
  reflexivity.
Qed.

Lemma maximum (a b : R) :
  Rmax a b = (a + b + Rabs (a - b)) / 2.
Proof.
  unfold Rmax, Rabs; destruct (Rle_dec a b), (Rcase_abs (a - b)); lra.
Qed.

Lemma minimum (a b : R) :
  Rmin a b = (a + b - Rabs (a - b)) / 2.
Proof.
  unfold Rmin, Rabs; destruct (Rle_dec a b), (Rcase_abs (a - b)); lra.
Qed.

(** * Logarithms and exponentials *)

Lemma log_product (a b : R) :
  0 < a ->
  0 < b ->
  ln (a * b) = ln a + ln b.
Proof.
  apply ln_mult.
Qed.

Lemma log_quotient (a b : R) :
  0 < a ->
  0 < b ->
  ln (a / b) = ln a - ln b.
Proof.
  intros Ha Hb; unfold Rdiv; rewrite ln_mult, ln_Rinv; [ring | assumption | assumption | apply Rinv_0_lt_compat; assumption].
Qed.

Lemma log_power (a b : R) :
  0 < a ->
  ln (a ^^ b) = b * ln a.
Proof.
  intros Ha; rewrite power_exp by assumption; apply ln_exp.
Qed.

Lemma log_of_square (a : R) :
  a <> 0 ->
  ln (a ^^ 2) = 2 * ln (Rabs a).
Proof.
  intros Ha; rewrite (power_numeral a 2 2 eq_refl).
  assert (H : 0 < Rabs a) by (apply Rabs_pos_lt; assumption).
  replace (a ^ 2) with (Rabs a * Rabs a) by (rewrite <- Rabs_mult, Rabs_pos_eq by nra; ring).
  rewrite ln_mult by assumption; ring.
Qed.

Lemma log_one :
  ln 1 = 0.
Proof.
  apply ln_1.
Qed.

Lemma log_exp (a : R) :
  ln (exp a) = a.
Proof.
  apply ln_exp.
Qed.

Lemma log_sqrt (a : R) :
  0 < a ->
  ln (sqrt a) = ln a / 2.
Proof.
  intros Ha; assert (H : 0 < sqrt a) by (apply sqrt_lt_R0; assumption).
  rewrite <- (sqrt_sqrt a) at 2 by lra; rewrite ln_mult by assumption; field.
Qed.

Lemma log_of_finite_product {A : Type} (D : fset A) (F : A -> R) :
  (forall i, member i D -> 0 < F i) ->
  ln (Prod D (fun i => F i)) = Sum D (fun i => ln (F i)).
Proof.
  unfold Prod, Sum, member; induction (elements D) as [|a l IH]; intros H; simpl; [apply ln_1|].
  rewrite ln_mult, IH; [reflexivity | intros i Hi; apply H; right; exact Hi | apply H; left; reflexivity |].
  apply lprod_positive; intros i Hi; apply H; right; exact Hi.
Qed.

Lemma log_bernoulli (b z : R) :
  member z bits ->
  0 < b ->
  b < 1 ->
  ln (bern b z) = z * ln b + (1 - z) * ln (1 - b).
Proof.
  intros Hz Hb Hb'; apply bits_cases in Hz; destruct Hz as [-> | ->]; rewrite ?bern_zero, ?bern_one; ring.
Qed.

Lemma exp_log (a : R) :
  0 < a ->
  exp (ln a) = a.
Proof.
  apply exp_ln.
Qed.

Lemma exp_zero :
  exp 0 = 1.
Proof.
  apply exp_0.
Qed.

Lemma exp_sum (a b : R) :
  exp (a + b) = exp a * exp b.
Proof.
  apply exp_plus.
Qed.

Lemma exp_negative (a : R) :
  exp (- a) = 1 / exp a.
Proof.
  rewrite exp_Ropp; field; pose proof (exp_pos a); lra.
Qed.

Lemma exp_multiple (a c : R) :
  exp (c * a) = exp a ^^ c.
Proof.
  rewrite power_exp, ln_exp by apply exp_pos; reflexivity.
Qed.

Lemma exp_multiple_log (a c : R) :
  0 < a ->
  exp (c * ln a) = a ^^ c.
Proof.
  intros Ha; rewrite power_exp by assumption; reflexivity.
Qed.

(** * Powers, roots, absolute values *)

Lemma power_sum (a b c : R) :
  0 < a ->
  a ^^ (b + c) = a ^^ b * a ^^ c.
Proof.
  intros Ha; rewrite !power_exp, <- exp_plus by assumption; f_equal; ring.
Qed.

Lemma power_difference (a b c : R) :
  0 < a ->
  a ^^ (b - c) = a ^^ b / a ^^ c.
Proof.
  intros Ha; rewrite !power_exp by assumption; unfold Rdiv; rewrite <- exp_Ropp, <- exp_plus; f_equal; ring.
Qed.

Lemma power_of_product (a b c : R) :
  0 < a ->
  0 < b ->
  (a * b) ^^ c = a ^^ c * b ^^ c.
Proof.
  intros Ha Hb; rewrite !power_exp, ln_mult, <- exp_plus by (try apply Rmult_lt_0_compat; assumption); f_equal; ring.
Qed.

Lemma power_of_quotient (a b c : R) :
  0 < a ->
  0 < b ->
  (a / b) ^^ c = a ^^ c / b ^^ c.
Proof.
  intros Ha Hb; rewrite !power_exp, log_quotient by (try apply Rdiv_lt_0_compat; assumption).
  unfold Rdiv; rewrite <- exp_Ropp, <- exp_plus; f_equal; ring.
Qed.

Lemma power_of_power (a b c : R) :
  0 < a ->
  (a ^^ b) ^^ c = a ^^ (b * c).
Proof.
  intros Ha; rewrite (power_exp (a ^^ b)) by (apply power_positive; assumption).
  rewrite !power_exp, ln_exp by assumption; f_equal; ring.
Qed.

Lemma power_by_exp (a b : R) :
  0 < a ->
  a ^^ b = exp (b * ln a).
Proof.
  apply power_exp.
Qed.

Lemma power_of_one (c : R) :
  1 ^^ c = 1.
Proof.
  rewrite power_exp, ln_1, Rmult_0_r by lra; apply exp_0.
Qed.

Lemma power_of_zero (n : R) :
  (integer n /\ 1 <= n) ->
  0 ^^ n = 0.
Proof.
  intros [Hn H]; destruct (natural n Hn) as [m ->]; [lra|]. rewrite power_natural; apply pow_i, INR_lt; simpl; lra.
Qed.

Lemma power_sum_whole (a b c : R) :
  (integer b /\ 0 <= b) ->
  (integer c /\ 0 <= c) ->
  a ^^ (b + c) = a ^^ b * a ^^ c.
Proof.
  intros [Hb Hb0] [Hc Hc0]; destruct (natural b Hb Hb0) as [m ->], (natural c Hc Hc0) as [n ->].
  rewrite <- plus_INR, !power_natural; apply pow_add.
Qed.

Lemma power_sum_nonzero (a b c : R) :
  a <> 0 ->
  integer b ->
  integer c ->
  a ^^ (b + c) = a ^^ b * a ^^ c.
Proof.
  intros Ha [j ->] [k ->]; rewrite <- plus_IZR, !power_integer; apply powerRZ_add; assumption.
Qed.

Lemma parity_of_square (n : R) :
  integer n ->
  (- (1)) ^^ n ^^ 2 = (- (1)) ^^ n.
Proof.
  intros [k ->]; rewrite (power_numeral _ 2 2 eq_refl); simpl; rewrite Rmult_1_r, <- mult_IZR, !power_integer.
  destruct (Z.Even_or_Odd k) as [[j ->] | [j ->]].
  - rewrite <- Z.mul_assoc, !minus_one_even; reflexivity.
  - replace ((2 * j + 1) * (2 * j + 1))%Z with (2 * (2 * j * j + 2 * j) + 1)%Z by ring.
    rewrite !powerRZ_add, !minus_one_even by lra; reflexivity.
Qed.

Lemma power_of_square (a c : R) :
  a <> 0 ->
  (a ^^ 2) ^^ c = Rabs a ^^ (2 * c).
Proof.
  intros Ha; rewrite <- power_of_power by (apply Rabs_pos_lt; assumption).
  f_equal; rewrite !(power_numeral _ 2 2 eq_refl); symmetry; apply pow2_abs.
Qed.

Lemma power_of_product_whole (a b c : R) :
  (integer c /\ 0 <= c) ->
  (a * b) ^^ c = a ^^ c * b ^^ c.
Proof.
  intros [Hc Hc0]; destruct (natural c Hc Hc0) as [n ->]; rewrite !power_natural; apply Rpow_mult_distr.
Qed.

Lemma power_of_product_nonzero (a b c : R) :
  a <> 0 ->
  b <> 0 ->
  integer c ->
  (a * b) ^^ c = a ^^ c * b ^^ c.
Proof.
  intros _ _ [k ->]; rewrite !power_integer; apply powerRZ_mult.
Qed.

Lemma power_of_quotient_whole (a b c : R) :
  b <> 0 ->
  (integer c /\ 0 <= c) ->
  (a / b) ^^ c = a ^^ c / b ^^ c.
Proof.
  intros Hb [Hc Hc0]; destruct (natural c Hc Hc0) as [n ->]; rewrite !power_natural.
  unfold Rdiv; rewrite Rpow_mult_distr, pow_inv; reflexivity.
Qed.

Lemma power_of_power_whole (a b c : R) :
  (integer b /\ 0 <= b) ->
  (integer c /\ 0 <= c) ->
  (a ^^ b) ^^ c = a ^^ (b * c).
Proof.
  intros [Hb Hb0] [Hc Hc0]; destruct (natural b Hb Hb0) as [m ->], (natural c Hc Hc0) as [n ->].
  rewrite <- mult_INR, !power_natural; symmetry; apply pow_mult.
Qed.

Lemma power_of_power_nonzero (a b c : R) :
  a <> 0 ->
  integer b ->
  integer c ->
  (a ^^ b) ^^ c = a ^^ (b * c).
Proof.
  intros Ha [j ->] [k ->]; rewrite <- mult_IZR, !power_integer; apply powerRZ_powerRZ; assumption.
Qed.

Lemma sqrt_square (a : R) :
  0 <= a ->
  sqrt a ^^ 2 = a.
Proof.
  intros Ha; rewrite (power_numeral _ 2 2 eq_refl); apply pow2_sqrt; assumption.
Qed.

Lemma sqrt_power (a : R) :
  0 < a ->
  sqrt a = a ^^ (1 / 2).
Proof.
  intros Ha; rewrite power_exp by assumption.
  rewrite <- (exp_ln (sqrt a)) by (apply sqrt_lt_R0; assumption); f_equal; rewrite log_sqrt by assumption; field.
Qed.

Lemma sqrt_of_square (a : R) :
  sqrt (a ^^ 2) = Rabs a.
Proof.
  rewrite (power_numeral _ 2 2 eq_refl); rewrite <- sqrt_Rsqr_abs; f_equal; unfold Rsqr; ring.
Qed.

Lemma sqrt_of_product (a b : R) :
  0 <= a ->
  0 <= b ->
  sqrt (a * b) = sqrt a * sqrt b.
Proof.
  apply sqrt_mult.
Qed.

Lemma sqrt_of_quotient (a b : R) :
  0 <= a ->
  0 < b ->
  sqrt (a / b) = sqrt a / sqrt b.
Proof.
  apply sqrt_div.
Qed.

Lemma abs_of_positive (a : R) :
  0 <= a ->
  Rabs a = a.
Proof.
  apply Rabs_pos_eq.
Qed.

Lemma abs_of_negative (a : R) :
  a <= 0 ->
  Rabs a = - a.
Proof.
  apply Rabs_left1.
Qed.

Lemma abs_of_product (a b : R) :
  Rabs (a * b) = Rabs a * Rabs b.
Proof.
  apply Rabs_mult.
Qed.

Lemma abs_of_quotient (a b : R) :
  b <> 0 ->
  Rabs (a / b) = Rabs a / Rabs b.
Proof.
  intros Hb; apply Rabs_div; assumption.
Qed.

Lemma abs_of_power_whole (a n : R) :
  (integer n /\ 0 <= n) ->
  Rabs (a ^^ n) = Rabs a ^^ n.
Proof.
  intros [Hn Hn0]; destruct (natural n Hn Hn0) as [m ->]; rewrite !power_natural; symmetry; apply RPow_abs.
Qed.

Lemma abs_of_power_nonzero (a n : R) :
  a <> 0 ->
  integer n ->
  Rabs (a ^^ n) = Rabs a ^^ n.
Proof.
  intros Ha [k ->]; rewrite !power_integer; destruct k as [|p|p]; simpl.
  - apply Rabs_R1.
  - symmetry; apply RPow_abs.
  - rewrite Rabs_inv, RPow_abs; reflexivity.
Qed.

Lemma abs_of_negation (a : R) :
  Rabs (- a) = Rabs a.
Proof.
  apply Rabs_Ropp.
Qed.

Lemma abs_square (a : R) :
  Rabs a ^^ 2 = a ^^ 2.
Proof.
  rewrite !(power_numeral _ 2 2 eq_refl); apply pow2_abs.
Qed.

Lemma abs_by_root (a : R) :
  Rabs a = sqrt (a ^^ 2).
Proof.
  symmetry; apply sqrt_of_square.
Qed.

(** * Sine and cosine *)

Lemma sin_sum (a b : R) :
  sin (a + b) = sin a * cos b + cos a * sin b.
Proof.
  apply sin_plus.
Qed.

Lemma cos_sum (a b : R) :
  cos (a + b) = cos a * cos b - sin a * sin b.
Proof.
  apply cos_plus.
Qed.

Lemma sin_negative (a : R) :
  sin (- a) = - sin a.
Proof.
  apply sin_neg.
Qed.

Lemma cos_negative (a : R) :
  cos (- a) = cos a.
Proof.
  apply cos_neg.
Qed.

Lemma sin_zero :
  sin 0 = 0.
Proof.
  apply sin_0.
Qed.

Lemma cos_zero :
  cos 0 = 1.
Proof.
  apply cos_0.
Qed.

Lemma sin_pi :
  sin PI = 0.
Proof.
  apply sin_PI.
Qed.

Lemma cos_pi :
  cos PI = - (1).
Proof.
  apply cos_PI.
Qed.

Lemma sin_half_pi :
  sin (PI / 2) = 1.
Proof.
  apply sin_PI2.
Qed.

Lemma cos_half_pi :
  cos (PI / 2) = 0.
Proof.
  apply cos_PI2.
Qed.

(** * Bits *)

Lemma bit_square (z : R) :
  member z bits ->
  z ^^ 2 = z.
Proof.
  intros Hz; rewrite (power_numeral _ 2 2 eq_refl); simpl; rewrite Rmult_1_r; apply bits_idempotent; assumption.
Qed.

Lemma bit_power (a z : R) :
  member z bits ->
  a ^^ z = 1 - z + z * a.
Proof.
  intros Hz; apply bits_cases in Hz; destruct Hz as [-> | ->]; rewrite ?power_zero, ?power_one; ring.
Qed.

Lemma bit_cases (z : R) (F : R -> R) :
  member z bits ->
  F z = (1 - z) * F 0 + z * F 1.
Proof.
  intros Hz; apply bits_cases in Hz; destruct Hz as [-> | ->]; ring.
Qed.

(** * Derivatives *)

Lemma derivative_of_constant (c x : R) :
  Derive (fun t => c) x = 0.
Proof.
  apply Derive_const.
Qed.

Lemma derivative_of_identity (x : R) :
  Derive (fun t => t) x = 1.
Proof.
  apply Derive_id.
Qed.

Lemma sum_rule (x : R) (F G : R -> R) :
  ex_derive (fun t => F t) x ->
  ex_derive (fun t => G t) x ->
  Derive (fun t => F t + G t) x = Derive (fun t => F t) x + Derive (fun t => G t) x.
Proof.
  intros; apply Derive_plus; assumption.
Qed.

Lemma difference_rule (x : R) (F G : R -> R) :
  ex_derive (fun t => F t) x ->
  ex_derive (fun t => G t) x ->
  Derive (fun t => F t - G t) x = Derive (fun t => F t) x - Derive (fun t => G t) x.
Proof.
  intros; apply Derive_minus; assumption.
Qed.

Lemma negative_rule (x : R) (F : R -> R) :
  Derive (fun t => - F t) x = - Derive (fun t => F t) x.
Proof.
  apply Derive_opp.
Qed.

Lemma constant_factor_left (c x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => c * F t) x = c * Derive (fun t => F t) x.
Proof.
  intros _; apply Derive_scal.
Qed.

Lemma constant_factor_right (c x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => F t * c) x = Derive (fun t => F t) x * c.
Proof.
  intros _; apply Derive_scal_l.
Qed.

Lemma constant_divisor (c x : R) (F : R -> R) :
  c <> 0 ->
  Derive (fun t => F t / c) x = Derive (fun t => F t) x / c.
Proof.
  intros _; apply (Derive_scal_l F (/ c) x).
Qed.

Lemma product_rule (x : R) (F G : R -> R) :
  ex_derive (fun t => F t) x ->
  ex_derive (fun t => G t) x ->
  Derive (fun t => F t * G t) x = Derive (fun t => F t) x * G x + F x * Derive (fun t => G t) x.
Proof.
  intros; apply Derive_mult; assumption.
Qed.

Lemma quotient_rule (x : R) (F G : R -> R) :
  ex_derive (fun t => F t) x ->
  ex_derive (fun t => G t) x ->
  G x <> 0 ->
  Derive (fun t => F t / G t) x = (Derive (fun t => F t) x * G x - F x * Derive (fun t => G t) x) / G x ^^ 2.
Proof.
  intros; rewrite (power_numeral _ 2 2 eq_refl); apply Derive_div; assumption.
Qed.

Lemma power_rule (n x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  (integer n /\ 1 <= n) ->
  Derive (fun t => F t ^^ n) x = n * F x ^^ (n - 1) * Derive (fun t => F t) x.
Proof.
  intros HF [Hn H1].
  destruct (natural (n - 1)) as [k Hk]; [apply integer_minus; [assumption | apply integer_IZR] | lra |].
  assert (E : n = INR (S k)) by (rewrite S_INR; lra); subst n.
  rewrite Hk, !power_natural; apply is_derive_unique.
  apply (is_derive_ext (fun t => F t ^ S k)); [intros t; symmetry; apply power_natural|].
  change (Derive (fun t => F t) x) with (Derive F x).
  replace (INR (S k) * F x ^ k * Derive F x) with (INR (S k) * Derive F x * F x ^ pred (S k)) by (simpl pred; ring).
  apply (is_derive_pow F (S k) x (Derive F x)), Derive_correct; assumption.
Qed.

Lemma power_rule_negative (n x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  integer n ->
  F x <> 0 ->
  Derive (fun t => F t ^^ n) x = n * F x ^^ (n - 1) * Derive (fun t => F t) x.
Proof.
  intros HF [k ->] Hx; destruct (Z_le_gt_dec 1 k) as [Hk | Hk].
  { apply power_rule; [assumption|]; split; [apply integer_IZR | apply IZR_le; assumption]. }
  (* x^(-j) = 1 / x^j *)
  destruct (Z_of_nat_complete (- k)) as [j Hj]; [lia|]. replace k with (- Z.of_nat j)%Z by lia.
  assert (E : forall t, F t ^^ IZR (- Z.of_nat j) = / (F t ^ j)).
  { intros t; rewrite power_integer; destruct j as [|j]; simpl; [field|]. rewrite SuccNat2Pos.id_succ; reflexivity. }
  assert (E1 : F x ^^ (IZR (- Z.of_nat j) - 1) = / (F x ^ S j)).
  { replace (IZR (- Z.of_nat j) - 1) with (IZR (- Z.of_nat (S j))) 
      by (rewrite Nat2Z.inj_succ, !opp_IZR, succ_IZR; ring).
    rewrite power_integer; simpl; rewrite SuccNat2Pos.id_succ; reflexivity. }
  rewrite E1; apply is_derive_unique.
  apply (is_derive_ext (fun t => / (F t ^ j))); [intros t; symmetry; apply E|].
  assert (Hj' : F x ^ j <> 0) by (apply pow_nonzero; assumption).
  change (Derive (fun t => F t) x) with (Derive F x).
  replace (IZR (- Z.of_nat j) * / F x ^ S j * Derive F x)
    with (- (INR j * Derive F x * F x ^ pred j) / (F x ^ j) ^ 2).
  - apply (is_derive_inv (fun t => F t ^ j)); [|assumption].
    apply (is_derive_pow F j x (Derive F x)), Derive_correct; assumption.
  - rewrite opp_IZR, <- INR_IZR_INZ; destruct j as [|j]; [simpl; field; assumption|].
    simpl pred; simpl pow in *; field; split; [|assumption]. intros H0; apply Hj'; rewrite H0; ring.
Qed.

Lemma power_rule_real (c x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  0 < F x ->
  Derive (fun t => F t ^^ c) x = c * F x ^^ (c - 1) * Derive (fun t => F t) x.
Proof.
  intros HF Hp; apply is_derive_unique.
  assert (E : exp ((c - 1) * ln (F x)) = exp (c * ln (F x)) / F x).
  { replace ((c - 1) * ln (F x)) with (c * ln (F x) + - ln (F x)) by ring.
    rewrite exp_plus, exp_Ropp, exp_ln by assumption; reflexivity. }
  apply (is_derive_ext_loc (fun t => exp (c * ln (F t)))).
  - apply (filter_imp (fun t => 0 < F t)); [intros t Ht; symmetry; apply power_exp; assumption|].
    apply (ex_derive_continuous F x HF (fun y => 0 < y)), open_gt; assumption.
  - rewrite power_exp, E by assumption.
    auto_derive; [repeat split; assumption|]. change (fun t => F t) with F; field; lra.
Qed.

Lemma exponential_rule (a x : R) (F : R -> R) :
  0 < a ->
  ex_derive (fun t => F t) x ->
  Derive (fun t => a ^^ F t) x = a ^^ F x * ln a * Derive (fun t => F t) x.
Proof.
  intros Ha HF; rewrite power_exp by assumption.
  rewrite (Derive_ext _ (fun t => exp (F t * ln a))) by (intros; apply power_exp; assumption).
  apply is_derive_unique; auto_derive; [assumption|]. change (fun t => F t) with F; ring.
Qed.

Lemma general_power_rule (x : R) (F G : R -> R) :
  ex_derive (fun t => F t) x ->
  ex_derive (fun t => G t) x ->
  0 < F x ->
  Derive (fun t => F t ^^ G t) x = F x ^^ G x * (Derive (fun t => G t) x * ln (F x) + G x * Derive (fun t => F t) x / F x).
Proof.
  intros HF HG Hp; apply is_derive_unique.
  apply (is_derive_ext_loc (fun t => exp (G t * ln (F t)))).
  - apply (filter_imp (fun t => 0 < F t)); [intros t Ht; symmetry; apply power_exp; assumption|].
    apply (ex_derive_continuous F x HF (fun y => 0 < y)), open_gt; assumption.
  - rewrite power_exp by assumption.
    auto_derive; [repeat split; assumption|].
    change (fun t => F t) with F; change (fun t => G t) with G; field; lra.
Qed.

Lemma log_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  0 < F x ->
  Derive (fun t => ln (F t)) x = Derive (fun t => F t) x / F x.
Proof.
  intros HF Hp; apply is_derive_unique; auto_derive; [auto|].
  change (fun t => F t) with F; field; lra.
Qed.

Lemma exp_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => exp (F t)) x = exp (F x) * Derive (fun t => F t) x.
Proof.
  intros HF; apply is_derive_unique; auto_derive; [auto|]. change (fun t => F t) with F; ring.
Qed.

Lemma abs_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  F x <> 0 ->
  Derive (fun t => Rabs (F t)) x = Rabs (F x) / F x * Derive (fun t => F t) x.
Proof.
  intros HF H; apply is_derive_unique; auto_derive; [auto|].
  change (fun t => F t) with F; unfold Rabs; destruct (Rcase_abs (F x)).
  - rewrite sign_eq_m1 by assumption; field; assumption.
  - rewrite sign_eq_1 by lra; field; assumption.
Qed.

Lemma abs_product_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => Rabs (F t) * F t) x = 2 * Rabs (F x) * Derive (fun t => F t) x.
Proof.
  intros HF; apply is_derive_unique.
  replace (2 * Rabs (F x) * Derive (fun t => F t) x) with (scal (Derive (fun t => F t) x) (2 * Rabs (F x)))
    by (unfold scal; simpl; unfold mult; simpl; ring).
  apply (is_derive_comp (fun v => Rabs v * v) F); [apply size_times | apply Derive_correct, HF].
Qed.

Lemma abs_power_rule (n x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  (integer n /\ 1 <= n) ->
  Derive (fun t => Rabs (F t) * F t ^^ n) x = (n + 1) * Rabs (F x) * F x ^^ (n - 1) * Derive (fun t => F t) x.
Proof.
  intros HF [Hn H]; destruct (natural n Hn) as [m ->]; [lra|].
  destruct m as [|m]; [simpl in H; lra|].
  replace (INR (S m) - 1) with (INR m) by (rewrite S_INR; ring); rewrite power_natural.
  rewrite (Derive_ext _ (fun t => Rabs (F t) * F t ^ S m)) by (intros t; rewrite power_natural; reflexivity).
  apply is_derive_unique.
  replace ((INR (S m) + 1) * Rabs (F x) * F x ^ m * Derive (fun t => F t) x)
    with (scal (Derive (fun t => F t) x) ((INR (S m) + 1) * Rabs (F x) * F x ^ m))
    by (unfold scal; simpl; unfold mult; simpl; ring).
  apply (is_derive_comp (fun v => Rabs v * v ^ S m) F); [apply size_times_power | apply Derive_correct, HF].
Qed.

Lemma sin_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => sin (F t)) x = cos (F x) * Derive (fun t => F t) x.
Proof.
  intros HF; apply is_derive_unique; auto_derive; [auto|]. change (fun t => F t) with F; ring.
Qed.

Lemma cos_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => cos (F t)) x = - (sin (F x) * Derive (fun t => F t) x).
Proof.
  intros HF; apply is_derive_unique; auto_derive; [auto|]. change (fun t => F t) with F; ring.
Qed.

Lemma sinh_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => Sinh (F t)) x = Cosh (F x) * Derive (fun t => F t) x.
Proof.
  intros HF; unfold Sinh, Cosh; apply is_derive_unique; auto_derive; [auto|]. change (fun t => F t) with F; field.
Qed.

Lemma cosh_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => Cosh (F t)) x = Sinh (F x) * Derive (fun t => F t) x.
Proof.
  intros HF; unfold Sinh, Cosh; apply is_derive_unique; auto_derive; [auto|]. change (fun t => F t) with F; field.
Qed.

Lemma sqrt_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  0 < F x ->
  Derive (fun t => sqrt (F t)) x = Derive (fun t => F t) x / (2 * sqrt (F x)).
Proof.
  intros HF Hp; apply is_derive_unique; auto_derive; [auto|].
  change (fun t => F t) with F; field; apply Rgt_not_eq, sqrt_lt_R0; assumption.
Qed.

Lemma sigmoid_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => Sigmoid (F t)) x = Sigmoid (F x) * (1 - Sigmoid (F x)) * Derive (fun t => F t) x.
Proof.
  intros HF; unfold Sigmoid; pose proof (exp_pos (- F x)); apply is_derive_unique; auto_derive.
  - split; [assumption|]. split; [lra | exact I].
  - change (fun t => F t) with F; field; lra.
Qed.

Lemma logit_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  0 < F x ->
  F x < 1 ->
  Derive (fun t => Logit (F t)) x = Derive (fun t => F t) x / (F x * (1 - F x)).
Proof.
  intros HF H0 H1; unfold Logit; apply is_derive_unique; auto_derive.
  - repeat split; try assumption; try lra. apply Rdiv_lt_0_compat; lra.
  - change (fun t => F t) with F; field; lra.
Qed.

Lemma softplus_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => Softplus (F t)) x = Sigmoid (F x) * Derive (fun t => F t) x.
Proof.
  intros HF; unfold Softplus, Sigmoid; pose proof (exp_pos (F x)); pose proof (exp_pos (- F x)).
  apply is_derive_unique; auto_derive; [split; [assumption | split; [lra | exact I]]|].
  change (fun t => F t) with F; rewrite exp_Ropp; field; lra.
Qed.

Lemma tanh_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => Tanh (F t)) x = (1 - Tanh (F x) ^^ 2) * Derive (fun t => F t) x.
Proof.
  intros HF; unfold Tanh; pose proof (exp_pos (F x)); pose proof (exp_pos (- F x)).
  rewrite (power_numeral _ 2 2 eq_refl).
  apply is_derive_unique; auto_derive; [repeat split; try assumption; lra|].
  change (fun t => F t) with F; field; lra.
Qed.

Lemma bernoulli_rule (x z : R) (F : R -> R) :
  member z bits ->
  ex_derive (fun t => F t) x ->
  Derive (fun t => bern (F t) z) x = (2 * z - 1) * Derive (fun t => F t) x.
Proof.
  intros Hz HF; apply bits_cases in Hz; destruct Hz as [-> | ->].
  - rewrite (Derive_ext _ (fun t => 1 - F t)) by (intros; apply bern_zero).
    rewrite (Derive_minus (fun _ => 1) F) by (try apply ex_derive_const; assumption).
    rewrite Derive_const; change (fun t => F t) with F; ring.
  - rewrite (Derive_ext _ F) by (intros; apply bern_one); change (fun t => F t) with F; ring.
Qed.

Lemma chain_rule (x : R) (F G : R -> R) :
  ex_derive (fun t => G t) x ->
  ex_derive (fun s => F s) (G x) ->
  Derive (fun t => F (G t)) x = Derive (fun s => F s) (G x) * Derive (fun t => G t) x.
Proof.
  intros HG HF; rewrite (Derive_comp F G x HF HG); apply Rmult_comm.
Qed.

Lemma derivative_of_finite_sum {A : Type} (D : fset A) (x : R) (F : R -> A -> R) :
  (forall z, member z D -> ex_derive (fun t => F t z) x) ->
  Derive (fun t => Sum D (fun z => F t z)) x = Sum D (fun z => Derive (fun t => F t z) x).
Proof.
  unfold Sum, member; induction (elements D) as [|a l IH]; intros H; simpl; [apply Derive_const|].
  rewrite (Derive_plus (fun t => F t a) (fun t => lsum l (fun z => F t z))).
  - f_equal; apply IH; intros z Hz; apply H; right; exact Hz.
  - apply H; left; reflexivity.
  - apply ex_derive_lsum; intros z Hz; apply H; right; exact Hz.
Qed.

Lemma derivative_of_finite_product {A : Type} (D : fset A) (x : R) (F : R -> A -> R) :
  (forall i, member i D -> ex_derive (fun t => F t i) x) ->
  (forall i, member i D -> F x i <> 0) ->
  Derive (fun t => Prod D (fun i => F t i)) x = Prod D (fun i => F x i) * Sum D (fun i => Derive (fun t => F t i) x / F x i).
Proof.
  unfold Sum, Prod, member; induction (elements D) as [|a l IH]; intros H H0; simpl; [rewrite Derive_const; ring|].
  rewrite (Derive_mult (fun t => F t a) (fun t => lprod l (fun z => F t z))).
  - rewrite IH; [field; apply H0; left; reflexivity | intros; apply H; right; assumption |].
    intros; apply H0; right; assumption.
  - apply H; left; reflexivity.
  - apply ex_derive_lprod; intros z Hz; apply H; right; exact Hz.
Qed.

Lemma log_trick (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  0 < F x ->
  Derive (fun t => F t) x = F x * Derive (fun t => ln (F t)) x.
Proof.
  intros HF Hp; rewrite log_rule by assumption; change (fun t => F t) with F; field; lra.
Qed.

(** * Sums, products, sizes *)

Lemma sum_of_sum {A : Type} (D : fset A) (F G : A -> R) :
  Sum D (fun z => F z + G z) = Sum D (fun z => F z) + Sum D (fun z => G z).
Proof.
  apply lsum_plus.
Qed.

Lemma sum_of_difference {A : Type} (D : fset A) (F G : A -> R) :
  Sum D (fun z => F z - G z) = Sum D (fun z => F z) - Sum D (fun z => G z).
Proof.
  apply lsum_minus.
Qed.

Lemma sum_of_negative {A : Type} (D : fset A) (F : A -> R) :
  Sum D (fun z => - F z) = - Sum D (fun z => F z).
Proof.
  apply lsum_opp.
Qed.

Lemma sum_constant_factor {A : Type} (D : fset A) (c : R) (F : A -> R) :
  Sum D (fun z => c * F z) = c * Sum D (fun z => F z).
Proof.
  apply lsum_left.
Qed.

Lemma sum_of_constant {A : Type} (D : fset A) (c : R) :
  Sum D (fun z => c) = card D * c.
Proof.
  apply lsum_const.
Qed.

Lemma sum_over_bits (F : R -> R) :
  Sum bits (fun z => F z) = F 0 + F 1.
Proof.
  unfold Sum; simpl; ring.
Qed.

Lemma sum_swap {A : Type} {B : Type} (C : fset B) (D : fset A) (F : A -> B -> R) :
  Sum D (fun z => Sum C (fun w => F z w)) = Sum C (fun w => Sum D (fun z => F z w)).
Proof.
  apply lsum_swap.
Qed.

Lemma product_of_sums {A : Type} {B : Type} (C : fset B) (D : fset A) (F : A -> R) (G : B -> R) :
  Sum D (fun z => F z) * Sum C (fun w => G w) = Sum D (fun z => Sum C (fun w => F z * G w)).
Proof.
  unfold Sum; rewrite <- lsum_right; apply lsum_ext; intros z _; symmetry; apply lsum_left.
Qed.

Lemma split_off_term {A : Type} (D : fset A) (k : A) (F : A -> R) :
  member k D ->
  Sum D (fun z => F z) = F k + Sum (without D k) (fun z => F z).
Proof.
  apply lsum_remove, once.
Qed.

Lemma sum_without_term {A : Type} (D : fset A) (k : A) (F : A -> R) :
  member k D ->
  Sum (without D k) (fun z => F z) = Sum D (fun z => F z) - F k.
Proof.
  intros Hk; rewrite (split_off_term D k F Hk); ring.
Qed.

Lemma sum_last_term (a b : R) (F : R -> R) :
  integer a ->
  integer b ->
  a <= b ->
  Sum (range a b) (fun i => F i) = Sum (range a (b - 1)) (fun i => F i) + F b.
Proof.
  intros Ha Hb H; destruct (steps a (b - 1)) as [n Hn]; [assumption | apply integer_minus; [assumption | apply integer_IZR] | lra |].
  rewrite (Sum_range a b (S n)) by (rewrite S_INR; lra). rewrite (Sum_range a (b - 1) n) by lra.
  rewrite lsum_seq_S; f_equal; f_equal; lra.
Qed.

Lemma sum_of_tail (a b c : R) (F : R -> R) :
  integer a ->
  integer b ->
  integer c ->
  a - 1 <= b ->
  b <= c ->
  Sum (range (b + 1) c) (fun i => F i) = Sum (range a c) (fun i => F i) - Sum (range a b) (fun i => F i).
Proof.
  intros Ha Hb Hc H H'; destruct (steps a b Ha Hb H) as [n Hn].
  destruct (steps (b + 1) c) as [m Hm]; [apply integer_plus; [assumption | apply integer_IZR] | assumption | lra |].
  rewrite (Sum_range a c (n + m)) by (rewrite plus_INR; lra).
  rewrite (Sum_range a b n), (Sum_range (b + 1) c m) by lra.
  replace (b + 1) with (a + INR n) by lra; clear.
  induction m as [|m IH]; [rewrite Nat.add_0_r; change (seq 0 0) with (@nil nat); cbn [lsum]; ring|].
  rewrite Nat.add_succ_r, !lsum_seq_S, IH, plus_INR, Rplus_assoc; ring.
Qed.

Lemma sum_first_term (a b : R) (F : R -> R) :
  integer a ->
  integer b ->
  a <= b ->
  Sum (range a b) (fun i => F i) = F a + Sum (range (a + 1) b) (fun i => F i).
Proof.
  intros Ha Hb H; destruct (steps (a + 1) b) as [n Hn]; [apply integer_plus; [assumption | apply integer_IZR] | assumption | lra |].
  rewrite (Sum_range a b (S n)) by (rewrite S_INR; lra). rewrite (Sum_range (a + 1) b n) by assumption.
  rewrite lsum_seq_first; simpl INR at 1; rewrite Rplus_0_r; f_equal.
  apply lsum_ext; intros k _; rewrite S_INR; f_equal; ring.
Qed.

Lemma sum_next_term (a b : R) (F : R -> R) :
  integer a ->
  integer b ->
  a - 1 <= b ->
  Sum (range a b) (fun i => F i) = Sum (range a (b + 1)) (fun i => F i) - F (b + 1).
Proof.
  intros Ha Hb H; destruct (steps a b Ha Hb H) as [n Hn].
  rewrite (Sum_range a b n) by assumption. rewrite (Sum_range a (b + 1) (S n)) by (rewrite S_INR; lra).
  rewrite lsum_seq_S; replace (a + INR n) with (b + 1) by lra; ring.
Qed.

Lemma sum_from_one (a b : R) (F : R -> R) :
  (integer a /\ 1 <= a) ->
  integer b ->
  a - 1 <= b ->
  Sum (range a b) (fun i => F i) = Sum (range 1 b) (fun i => F i) - Sum (range 1 (a - 1)) (fun i => F i).
Proof.
  intros [Ha H1] Hb H; destruct (steps a b Ha Hb H) as [n Hn].
  destruct (steps 1 (a - 1)) as [m Hm]; [apply integer_IZR | apply integer_minus; [assumption | apply integer_IZR] | lra |].
  rewrite (Sum_range a b n), (Sum_range 1 (a - 1) m) by assumption.
  rewrite (Sum_range 1 b (m + n)) by (rewrite plus_INR; lra).
  rewrite seq_app, lsum_app.
  enough (E : lsum (seq 0 n) (fun k => F (a + INR k)) = lsum (seq (0 + m) n) (fun k => F (1 + INR k))) by (rewrite E; ring).
  rewrite (lsum_seq_from _ (0 + m)); apply lsum_ext; intros k _; f_equal; rewrite !plus_INR; simpl INR; lra.
Qed.

Lemma sum_shifted (a b c : R) (F : R -> R) :
  integer a ->
  integer b ->
  integer c ->
  Sum (range a b) (fun i => F i) = Sum (range (a + c) (b + c)) (fun i => F (i - c)).
Proof.
  intros _ _ _; unfold Sum; simpl; unfold range_list.
  replace (b + c - (a + c) + 1) with (b - a + 1) by ring.
  rewrite !lsum_map; apply lsum_ext; intros k _; f_equal; ring.
Qed.

Lemma sum_of_nothing (a : R) (F : R -> R) :
  integer a ->
  Sum (range a (a - 1)) (fun i => F i) = 0.
Proof.
  intros _; rewrite (Sum_range a (a - 1) 0) by (simpl; ring); reflexivity.
Qed.

Lemma product_last_factor (a b : R) (F : R -> R) :
  integer a ->
  integer b ->
  a <= b ->
  Prod (range a b) (fun i => F i) = Prod (range a (b - 1)) (fun i => F i) * F b.
Proof.
  intros Ha Hb H; destruct (steps a (b - 1)) as [n Hn]; [assumption | apply integer_minus; [assumption | apply integer_IZR] | lra |].
  rewrite (Prod_range a b (S n)) by (rewrite S_INR; lra). rewrite (Prod_range a (b - 1) n) by lra.
  rewrite lprod_seq_S; f_equal; f_equal; lra.
Qed.

Lemma product_of_nothing (a : R) (F : R -> R) :
  integer a ->
  Prod (range a (a - 1)) (fun i => F i) = 1.
Proof.
  intros _; rewrite (Prod_range a (a - 1) 0) by (simpl; ring); reflexivity.
Qed.

Lemma telescoping_sum (a n : R) (F G : R -> R) :
  integer a ->
  integer n ->
  a - 1 <= n ->
  Sum (range a n) (fun i => F i) = G n - G (a - 1) + Sum (range a n) (fun i => F i - (G i - G (i - 1))).
Proof.
  intros Ha Hn H; destruct (steps a n Ha Hn H) as [m Hm].
  rewrite !(Sum_range a n m) by assumption; rewrite lsum_minus.
  replace n with (a - 1 + INR m) by lra; clear.
  enough (E : lsum (seq 0 m) (fun k => G (a + INR k) - G (a + INR k - 1)) = G (a - 1 + INR m) - G (a - 1)) by (rewrite E; ring).
  induction m as [|m IH]; [simpl; rewrite Rplus_0_r; ring|].
  rewrite lsum_seq_S, IH, S_INR.
  replace (a - 1 + (INR m + 1)) with (a + INR m) by ring; replace (a + INR m - 1) with (a - 1 + INR m) by ring; ring.
Qed.

Lemma telescoping_product (a n : R) (F G : R -> R) :
  integer a ->
  integer n ->
  a - 1 <= n ->
  (forall i, member i (range (a - 1) n) -> G i <> 0) ->
  Prod (range a n) (fun i => F i) = G n / G (a - 1) * Prod (range a n) (fun i => F i * G (i - 1) / G i).
Proof.
  intros Ha Hn H HG; destruct (steps a n Ha Hn H) as [m Hm].
  rewrite !(Prod_range a n m) by assumption.
  assert (HG' : forall k, (k <= m)%nat -> G (a - 1 + INR k) <> 0).
  { intros k Hk; apply HG, member_range; exists k; split; [reflexivity|].
    replace (n - (a - 1) + 1) with (INR (S m)) by (rewrite S_INR; lra); rewrite nat_of_INR; lia. }
  replace n with (a - 1 + INR m) by lra; clear - HG'.
  induction m as [|m IH]; [simpl; rewrite Rplus_0_r; field; specialize (HG' 0%nat (le_n _)); rewrite Rplus_0_r in HG'; exact HG'|].
  rewrite !lprod_seq_S, IH by (intros; apply HG'; lia).
  pose proof (HG' (S m) (le_n _)) as H1; pose proof (HG' m (le_S _ _ (le_n _))) as H2.
  pose proof (HG' 0%nat (le_0_n _)) as H3; rewrite Rplus_0_r in H3.
  rewrite S_INR in *; replace (a + INR m) with (a - 1 + (INR m + 1)) by ring.
  replace (a - 1 + (INR m + 1) - 1) with (a - 1 + INR m) by ring; field; auto.
Qed.

Lemma delta_equal {A : Type} `{Same A} (a : A) :
  Delta a a = 1.
Proof.
  unfold Delta; destruct (same_in a a); [reflexivity | congruence].
Qed.

Lemma delta_unequal {A : Type} `{Same A} (a b : A) :
  a <> b ->
  Delta a b = 0.
Proof.
  intros Hab; unfold Delta; destruct (same_in a b); [congruence | reflexivity].
Qed.

Lemma delta_symmetric {A : Type} `{Same A} (a b : A) :
  Delta a b = Delta b a.
Proof.
  unfold Delta; destruct (same_in a b), (same_in b a); congruence.
Qed.

Lemma delta_transport {A : Type} `{Same A} (a b : A) (F : A -> R) :
  Delta a b * F a = Delta a b * F b.
Proof.
  unfold Delta; destruct (same_in a b) as [-> | _]; ring.
Qed.

Lemma sum_of_delta {A : Type} `{Same A} (D : fset A) (j : A) (F : A -> R) :
  member j D ->
  Sum D (fun k => Delta k j * F k) = F j.
Proof.
  intros Hj; unfold Sum; rewrite (lsum_remove (same D) j) by (apply once || exact Hj).
  rewrite (lsum_ext (remove _ _ _) _ (fun _ => 0)), lsum_zero, delta_equal; [ring|].
  intros k Hk; apply in_remove in Hk; rewrite delta_unequal by apply Hk; ring.
Qed.

Lemma sum_of_numbers (n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 1 n) (fun i => i) = n * (n + 1) / 2.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite (Sum_range 1 (INR m) m) by ring; clear Hn H0.
  induction m as [|m IH]; [rewrite ?(power_numeral _ 2 2 eq_refl); simpl; field|].
  rewrite lsum_seq_S, IH, ?(power_numeral _ 2 2 eq_refl), ?(power_numeral _ 3 3 eq_refl), S_INR; field.
Qed.

Lemma sum_of_squares (n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 1 n) (fun i => i ^^ 2) = n * (n + 1) * (2 * n + 1) / 6.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite (Sum_range 1 (INR m) m) by ring; clear Hn H0.
  induction m as [|m IH]; [rewrite ?(power_numeral _ 2 2 eq_refl); simpl; field|].
  rewrite lsum_seq_S, IH, ?(power_numeral _ 2 2 eq_refl), ?(power_numeral _ 3 3 eq_refl), S_INR; field.
Qed.

Lemma sum_of_cubes (n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 1 n) (fun i => i ^^ 3) = (n * (n + 1) / 2) ^^ 2.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite (Sum_range 1 (INR m) m) by ring; clear Hn H0.
  induction m as [|m IH]; [rewrite ?(power_numeral _ 2 2 eq_refl); simpl; field|].
  rewrite lsum_seq_S, IH, ?(power_numeral _ 2 2 eq_refl), ?(power_numeral _ 3 3 eq_refl), S_INR; field.
Qed.

Lemma geometric_sum (a n : R) :
  (integer n /\ 0 <= n) ->
  a <> 1 ->
  Sum (range 0 n) (fun i => a ^^ i) = (1 - a ^^ (n + 1)) / (1 - a).
Proof.
  intros [Hn H0] Ha; destruct (natural n Hn H0) as [m ->].
  rewrite (Sum_range 0 (INR m) (S m)) by (rewrite S_INR; ring).
  replace (INR m + 1) with (INR (S m)) by apply S_INR; rewrite power_natural.
  rewrite (lsum_ext _ _ (fun k => a ^ k)) by (intros k _; rewrite Rplus_0_l; apply power_natural).
  clear Hn H0; induction m as [|m IH]; [simpl; field; lra|]. rewrite lsum_seq_S, IH; simpl; field; lra.
Qed.

Lemma factorial_step (n : R) :
  (integer n /\ 0 <= n) ->
  factorial (n + 1) = (n + 1) * factorial n.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->]; unfold factorial.
  replace (INR m + 1) with (INR (S m)) by apply S_INR; rewrite !nat_of_INR, fact_simpl, mult_INR; reflexivity.
Qed.

Lemma factorial_zero :
  factorial 0 = 1.
Proof.
  unfold factorial; change 0 with (INR 0); rewrite nat_of_INR; reflexivity.
Qed.

Lemma binomial_by_factorials (k n : R) :
  (integer n /\ 0 <= n) ->
  member k (range 0 n) ->
  binom n k = factorial n / (factorial k * factorial (n - k)).
Proof.
  intros [Hn H0] Hk; destruct (natural n Hn H0) as [m ->].
  destruct (natural k (range_integer _ _ _ (integer_IZR 0) Hk) (range_low _ _ _ Hk)) as [j ->].
  pose proof (range_high _ _ _ Hk) as H; apply INR_le in H.
  unfold binom, factorial; rewrite <- minus_INR, !nat_of_INR, <- C_choose by assumption; reflexivity.
Qed.

Lemma binomial_zero (n : R) :
  (integer n /\ 0 <= n) ->
  binom n 0 = 1.
Proof.
  intros _; unfold binom; change 0 with (INR 0); rewrite nat_of_INR; apply choose_zero.
Qed.

Lemma binomial_step (k n : R) :
  (integer n /\ 0 <= n) ->
  (integer k /\ 0 <= k) ->
  binom n (k + 1) = binom n k * (n - k) / (k + 1).
Proof.
  intros [Hn Hn0] [Hk Hk0]; destruct (natural n Hn Hn0) as [m ->], (natural k Hk Hk0) as [j ->]; unfold binom.
  rewrite <- S_INR, !nat_of_INR, <- choose_step; field; apply not_0_INR; discriminate.
Qed.

Lemma binomial_absorption (k n : R) :
  (integer n /\ 0 <= n) ->
  (integer k /\ 0 <= k) ->
  binom (n + 1) (k + 1) = (n + 1) / (k + 1) * binom n k.
Proof.
  intros [Hn Hn0] [Hk Hk0]; destruct (natural n Hn Hn0) as [m ->], (natural k Hk Hk0) as [j ->]; unfold binom.
  rewrite <- !S_INR, !nat_of_INR; apply (Rmult_eq_reg_r (INR (S j))); [|apply not_0_INR; discriminate].
  rewrite choose_absorption; field; apply not_0_INR; discriminate.
Qed.

Lemma binomial_row_above (k n : R) :
  (integer n /\ 0 <= n) ->
  (integer k /\ 0 <= k) ->
  binom n k = binom (n + 1) k * (n + 1 - k) / (n + 1).
Proof.
  intros [Hn Hn0] [Hk Hk0]; destruct (natural n Hn Hn0) as [m ->], (natural k Hk Hk0) as [j ->]; unfold binom.
  rewrite <- !S_INR, !nat_of_INR, <- choose_step, choose_absorption; field; apply not_0_INR; discriminate.
Qed.

Lemma size_of_range (a b : R) :
  integer a ->
  integer b ->
  a - 1 <= b ->
  card (range a b) = b - a + 1.
Proof.
  intros Ha Hb H; destruct (steps a b Ha Hb H) as [n Hn].
  unfold card; rewrite (range_elements a b n Hn), map_length, seq_length; symmetry; exact Hn.
Qed.

Lemma size_without {A : Type} (D : fset A) (k : A) :
  member k D ->
  card (without D k) = card D - 1.
Proof.
  apply length_remove, once.
Qed.

Lemma size_of_bits :
  card bits = 2.
Proof.
  unfold card; simpl; ring.
Qed.

Lemma size_of_tuples {A : Type} (D : fset A) (n : R) :
  (integer n /\ 0 <= n) ->
  card (tuples D n) = card D ^^ n.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  unfold card, tuples; cbn [elements]; rewrite nat_of_INR, power_natural; apply length_tuples.
Qed.

Lemma product_of_products {A : Type} (D : fset A) (F G : A -> R) :
  Prod D (fun i => F i * G i) = Prod D (fun i => F i) * Prod D (fun i => G i).
Proof.
  apply lprod_mult.
Qed.

Lemma product_of_constant {A : Type} (D : fset A) (c : R) :
  Prod D (fun i => c) = c ^^ card D.
Proof.
  unfold card; rewrite power_natural; apply lprod_const.
Qed.

Lemma product_of_quotients {A : Type} (D : fset A) (F G : A -> R) :
  (forall i, member i D -> G i <> 0) ->
  Prod D (fun i => F i / G i) = Prod D (fun i => F i) / Prod D (fun i => G i).
Proof.
  unfold Prod, member; induction (elements D) as [|a l IH]; intros H; simpl; [field|].
  rewrite IH by (intros i Hi; apply H; right; exact Hi); field; split.
  - clear IH; induction l as [|d l IH]; simpl; [lra|].
    apply Rmult_integral_contrapositive; split; [apply H; right; left; reflexivity|].
    apply IH; intros i [Hi|Hi]; apply H; [left | right; right]; assumption.
  - apply H; left; reflexivity.
Qed.

Lemma product_of_powers {A : Type} (D : fset A) (c : R) (F : A -> R) :
  (integer c /\ 0 <= c) ->
  Prod D (fun i => F i ^^ c) = Prod D (fun i => F i) ^^ c.
Proof.
  intros Hc; unfold Prod; induction (elements D) as [|a l IH]; simpl.
  - rewrite power_of_one; reflexivity.
  - rewrite IH, power_of_product_whole by assumption; reflexivity.
Qed.

Lemma product_of_exponentials {A : Type} (D : fset A) (F : A -> R) :
  Prod D (fun i => exp (F i)) = exp (Sum D (fun i => F i)).
Proof.
  unfold Prod, Sum; induction (elements D) as [|a l IH]; simpl; [symmetry; apply exp_0|].
  rewrite exp_plus, IH; reflexivity.
Qed.

Lemma product_of_exponents {A : Type} (D : fset A) (c : R) (F : A -> R) :
  0 < c ->
  Prod D (fun i => c ^^ F i) = c ^^ Sum D (fun i => F i).
Proof.
  intros Hc; unfold Prod, Sum; induction (elements D) as [|a l IH]; simpl.
  - rewrite power_by_exp, Rmult_0_l, exp_0 by assumption; reflexivity.
  - rewrite IH, power_sum by assumption; reflexivity.
Qed.

(** * Probability *)

Lemma normalisation {A : Type} (D : fset A) (Q : A -> R) :
  pmf D (fun z => Q z) ->
  Sum D (fun z => Q z) = 1.
Proof.
  intros [_ H]; exact H.
Qed.

Lemma complementary_probability (Q : R -> R) :
  pmf bits (fun z => Q z) ->
  Q 1 = 1 - Q 0.
Proof.
  intros [_ H]; rewrite sum_over_bits in H; lra.
Qed.

Lemma independence {A : Type} `{Point A} (D : fset A) (k n : R) (G : A -> R) (Q : R -> A -> R) (R1 : (list A) -> R) :
  (integer n /\ 1 <= n) ->
  member k (range 1 n) ->
  (forall i, member i (range 1 n) -> pmf D (fun x => Q i x)) ->
  ignores D n (fun v => R1 v) k ->
  Sum (tuples D n) (fun v => Prod (range 1 n) (fun i => Q i (component v i)) * (G (component v k) * R1 v)) = Sum D (fun x => Q k x * G x) * Sum (tuples D n) (fun v => Prod (range 1 n) (fun i => Q i (component v i)) * R1 v).
Proof.
  intros [Hn H1] Hk HQ HR; destruct (natural n Hn) as [m ->]; [lra|].
  assert (Hk' := Hk); apply member_range in Hk'; destruct Hk' as [j [-> Hj]].
  replace (INR m - 1 + 1) with (INR m) in Hj by ring; rewrite nat_of_INR in Hj.
  rewrite !Sum_tuples.
  rewrite (lsum_ext _ _ (fun v => weight m (fun i => Q (1 + INR i)) v * (G (nth j v point) * R1 v)))
    by (intros v _; rewrite Prod_components, component_nat; reflexivity).
  rewrite (lsum_ext _ (fun v => Prod _ _ * R1 v) (fun v => weight m (fun i => Q (1 + INR i)) v * R1 v))
    by (intros v _; rewrite Prod_components; reflexivity).
  apply (independent_coordinate (elements D) m j (fun i => Q (1 + INR i))); [assumption | |].
  - intros i Hi; apply HQ, in_range; [apply integer_IZR | apply integer_INR | | |].
    + apply integer_plus; [apply integer_IZR | apply integer_INR].
    + pose proof (pos_INR i); lra.
    + apply le_INR in Hi; rewrite S_INR in Hi; lra.
  - intros v w Hv Hw Hvw; apply HR; [unfold member, tuples; simpl; rewrite nat_of_INR; assumption .. |].
    intros i Hi [Hi1 Him] Hne; destruct (natural (i - 1)) as [a Ha];
      [apply integer_minus; [assumption | apply integer_IZR] | lra |].
    unfold component; rewrite Ha, nat_of_INR; apply Hvw; [apply INR_lt; lra|].
    intros ->; apply Hne; lra.
Qed.

Lemma sum_over_tuples_of_product {A : Type} `{Point A} (D : fset A) (n : R) (F : R -> A -> R) :
  (integer n /\ 0 <= n) ->
  Sum (tuples D n) (fun v => Prod (range 1 n) (fun i => F i (component v i))) = Prod (range 1 n) (fun i => Sum D (fun x => F i x)).
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite Sum_tuples, (Prod_range 1 (INR m) m) by ring.
  transitivity (lsum (tuple_list (elements D) m) (weight m (fun k => F (1 + INR k)))); [|apply lsum_weight].
  apply lsum_ext; intros v _; apply Prod_components.
Qed.

Lemma law_of_bernoulli_sum (b n : R) (G : R -> R) :
  (integer n /\ 1 <= n) ->
  Sum (tuples bits n) (fun v => Prod (range 1 n) (fun i => bern b (component v i)) * G (Sum (range 1 n) (fun i => component v i))) = Sum (range 0 n) (fun s => binom n s * b ^^ s * (1 - b) ^^ (n - s) * G s).
Proof.
  intros [Hn H1]; destruct (natural n Hn) as [m ->]; [lra|].
  rewrite binomial_sum_range, <- bernoulli_sum, Sum_tuples; apply lsum_ext; intros v _.
  rewrite (Prod_components m (fun _ => bern b)), (Sum_range 1 (INR m) m) by ring.
  f_equal; f_equal; apply lsum_ext; intros k _; apply component_nat.
Qed.

Lemma binomial_mean (b n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 0 n) (fun s => binom n s * b ^^ s * (1 - b) ^^ (n - s) * s) = n * b.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite (binomial_sum_range m b (1 - b) (fun s => s)); apply binomial_sum_mean.
Qed.

Lemma binomial_second_moment (b n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 0 n) (fun s => binom n s * b ^^ s * (1 - b) ^^ (n - s) * s ^^ 2) = n * b * (1 - b) + (n * b) ^^ 2.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite (binomial_sum_range m b (1 - b) (fun s => s ^^ 2)), (power_numeral _ 2 2 eq_refl), <- binomial_sum_square.
  apply binomial_sum_ext; intros k _; apply (power_numeral _ 2 2 eq_refl).
Qed.

Lemma sum_of_binomials (n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 0 n) (fun s => binom n s) = 2 ^^ n.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite power_natural; replace 2 with (1 + 1) by ring; rewrite <- binomial_sum_one, <- (binomial_sum_range m 1 1 (fun _ => 1)).
  apply Sum_ext; intros s _; rewrite !power_of_one; ring.
Qed.

Lemma binomial_theorem (a b n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 0 n) (fun s => binom n s * a ^^ s * b ^^ (n - s)) = (a + b) ^^ n.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite power_natural, <- binomial_sum_one, <- (binomial_sum_range m a b (fun _ => 1)).
  apply Sum_ext; intros s _; ring.
Qed.

Lemma sum_of_weighted_binomials (a n : R) :
  (integer n /\ 0 <= n) ->
  Sum (range 0 n) (fun s => binom n s * a ^^ s) = (1 + a) ^^ n.
Proof.
  intros [Hn H0]; destruct (natural n Hn H0) as [m ->].
  rewrite power_natural, Rplus_comm, <- binomial_sum_one, <- (binomial_sum_range m a 1 (fun _ => 1)).
  apply Sum_ext; intros s _; rewrite (power_exp 1), ln_1, Rmult_0_r, exp_0 by lra; ring.
Qed.

Lemma sum_of_binomials_by_index (n : R) :
  (integer n /\ 1 <= n) ->
  Sum (range 0 n) (fun s => s * binom n s) = n * 2 ^^ (n - 1).
Proof.
  intros [Hn H1]; destruct (natural (n - 1)) as [m Hm]; [apply integer_minus; [assumption | apply integer_IZR] | lra |].
  assert (E : n = INR (S m)) by (rewrite S_INR; lra); rewrite Hm, E, power_natural; clear.
  rewrite (Sum_range 0 (INR (S m)) (S (S m))) by (rewrite (S_INR (S m)); ring).
  rewrite lsum_seq_first, Rplus_0_l, Rmult_0_l, Rplus_0_l; unfold binom.
  rewrite (lsum_ext _ _ (fun k => INR (S m) * (choose m k * 1 ^ k * 1 ^ (m - k) * 1))).
  - rewrite lsum_left; f_equal; replace 2 with (1 + 1) by ring; rewrite <- binomial_sum_one; reflexivity.
  - intros k _; rewrite Rplus_0_l, !nat_of_INR, Rmult_comm, choose_absorption, !pow1; ring.
Qed.

Lemma binomials_as_weights (n : R) (G : R -> R) :
  (integer n /\ 0 <= n) ->
  Sum (range 0 n) (fun s => G s * binom n s) = 2 ^^ n * Sum (range 0 n) (fun s => binom n s * (1 / 2) ^^ s * (1 - 1 / 2) ^^ (n - s) * G s).
Proof.
  intros _; rewrite <- sum_constant_factor; apply Sum_ext; intros s _.
  replace (1 - 1 / 2) with (1 / 2) by lra; rewrite !power_exp by lra.
  replace (exp (n * ln 2) * (binom n s * exp (s * ln (1 / 2)) * exp ((n - s) * ln (1 / 2)) * G s))
    with (exp (n * ln 2) * (exp (s * ln (1 / 2)) * exp ((n - s) * ln (1 / 2))) * (G s * binom n s)) by ring.
  rewrite <- !exp_plus; replace (ln (1 / 2)) with (- ln 2)
    by (unfold Rdiv; rewrite Rmult_1_l, ln_Rinv by lra; reflexivity).
  replace (n * ln 2 + (s * - ln 2 + (n - s) * - ln 2)) with 0 by ring; rewrite exp_0; ring.
Qed.

Lemma normal_density (m v x : R) :
  0 < v ->
  Normal x m v = exp (- ((x - m) ^^ 2 / (2 * v))) / sqrt (2 * PI * v).
Proof.
  intros _; rewrite (power_numeral _ 2 2 eq_refl); reflexivity.
Qed.

Lemma log_normal_density (m v x : R) :
  0 < v ->
  ln (Normal x m v) = (- (ln (2 * PI * v) / 2)) - (x - m) ^^ 2 / (2 * v).
Proof.
  intros Hv; rewrite Normal_exp, ln_exp, (power_numeral _ 2 2 eq_refl) by assumption; field; lra.
Qed.

Lemma normal_tilted (m t v x : R) :
  0 < v ->
  Normal x m v * exp (t * x) = exp (m * t + t ^^ 2 * v / 2) * Normal x (m + t * v) v.
Proof.
  intros Hv; rewrite (power_numeral _ 2 2 eq_refl), !Normal_exp, <- !exp_plus by assumption; f_equal; simpl; field; lra.
Qed.

Lemma normal_rule (x : R) (F G S : R -> R) :
  ex_derive (fun t => F t) x ->
  ex_derive (fun t => G t) x ->
  ex_derive (fun t => S t) x ->
  0 < S x ->
  Derive (fun t => Normal (F t) (G t) (S t)) x = Normal (F x) (G x) (S x) * (Derive (fun t => S t) x * ((F x - G x) ^^ 2 / S x - 1) / (2 * S x) - (F x - G x) * (Derive (fun t => F t) x - Derive (fun t => G t) x) / S x).
Proof.
  intros HF HG HS Hp; rewrite (power_numeral _ 2 2 eq_refl).
  change (fun t => F t) with F; change (fun t => G t) with G; change (fun t => S t) with S.
  pose proof PI_RGT_0 as Hpi.
  assert (Hq : 0 < 2 * PI * S x) by (apply Rmult_lt_0_compat; lra).
  apply is_derive_unique.
  apply (is_derive_ext_loc (fun t => exp (- ((F t - G t) ^ 2 / (2 * S t)) - ln (2 * PI * S t) / 2))).
  - apply (filter_imp (fun t => 0 < S t)).
    + intros t Ht; symmetry; apply Normal_exp; exact Ht.
    + apply (ex_derive_continuous S x HS (fun y => 0 < y)), open_gt; assumption.
  - rewrite Normal_exp by exact Hp; auto_derive.
    + repeat split; auto; lra.
    + change (fun t => F t) with F; change (fun t => G t) with G; change (fun t => S t) with S.
      set (w := exp (- ((F x - G x) ^ 2 / (2 * S x)) - ln (2 * PI * S x) / 2)).
      match goal with |- context [exp ?u] => replace (exp u) with w by (unfold w; f_equal; field; lra) end.
      clearbody w; field; lra.
Qed.

(** * Limits *)

Lemma limit_right_continuous (a : R) (F : R -> R) :
  continuous (fun t => F t) a ->
  tends_right (fun t => F t) a (Finite (F a)).
Proof.
  intros H P HP; apply filter_le_within; exact (H P HP).
Qed.

Lemma limit_left_continuous (a : R) (F : R -> R) :
  continuous (fun t => F t) a ->
  tends_left (fun t => F t) a (Finite (F a)).
Proof.
  intros H P HP; apply filter_le_within; exact (H P HP).
Qed.

Lemma limit_reflected (F : R -> R) :
  forall L, tends_left (fun t => F t) 1 L <-> tends_right (fun s => F (1 - s)) 0 L.
Proof.
  intros L; split; intros H.
  - apply (filterlim_comp _ _ _ (fun s => 1 - s) F (at_right 0) (at_left 1)); [|exact H].
    intros P [e He]; exists e; intros s Hs Hs0; apply He; [|lra].
    unfold ball in *; simpl in *; unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
    replace (1 - s + - (1)) with (- (s + - 0)) by ring; rewrite Rabs_Ropp; exact Hs.
  - apply (filterlim_ext (fun t => F (1 - (1 - t)))); [intros t; f_equal; ring|].
    apply (filterlim_comp _ _ _ (fun t => 1 - t) (fun s => F (1 - s)) (at_left 1) (at_right 0)); [|exact H].
    intros P [e He]; exists e; intros s Hs Hs0; apply He; [|lra].
    unfold ball in *; simpl in *; unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
    replace (1 - s + - 0) with (- (s + - (1))) by ring; rewrite Rabs_Ropp; exact Hs.
Qed.

Lemma limit_at_pole (b c : R) :
  0 < c ->
  tends_right (fun t => c * (1 / t) + b) 0 p_infty.
Proof.
  intros Hc; apply (filterlim_ext (fun t => c * / t + b)); [intros t; unfold Rdiv; rewrite Rmult_1_l; reflexivity|].
  apply tends_affine; [assumption | apply tends_inverse].
Qed.

Lemma limit_of_t_log_t (c : R) (F : R -> R) :
  continuous (fun t => F t) 0 ->
  tends_right (fun t => c * (t * ln t) + F t) 0 (Finite (F 0)).
Proof.
  intros HF; unfold tends_right; simpl Rbar_locally.
  replace (F 0) with (plus (c * 0) (F 0)) by (unfold plus; simpl; ring).
  apply (filterlim_comp_2 (F := at_right 0) (G := locally (c * 0)) (H := locally (F 0)) (fun t => c * (t * ln t)) F plus).
  - apply (filterlim_comp _ _ _ (fun t => t * ln t) (fun y => c * y) (at_right 0) (locally 0)); [apply tends_t_log_t|].
    apply (ex_derive_continuous (fun y => c * y) 0); auto_derive; exact I.
  - intros P HP; apply filter_le_within; exact (HF P HP).
  - apply (filterlim_plus (c * 0) (F 0)).
Qed.

(** * Inferences *)

Lemma decreasing_by_derivative (a b : R) (F : R -> R) :
  (forall x, (a < x /\ x < b) -> ex_derive (fun t => F t) x) ->
  (forall x, (a < x /\ x < b) -> Derive (fun t => F t) x < 0) ->
  forall t t', (a < t /\ t < b) -> (a < t' /\ t' < b) -> t < t' -> F t' < F t.
Proof.
  intros He Hd t t' [H1 H2] [H3 H4] Ht.
  assert (H : - F t < - F t'); [|lra].
  apply (incr_function (fun s => - F s) a b (fun s => - Derive F s)); simpl; auto.
  - intros s Hs1 Hs2; apply (is_derive_opp F s (Derive F s)), Derive_correct, He; auto.
  - intros s Hs1 Hs2; specialize (Hd s (conj Hs1 Hs2)); change (fun u => F u) with F in Hd; lra.
Qed.

Lemma increasing_by_derivative (a b : R) (F : R -> R) :
  (forall x, (a < x /\ x < b) -> ex_derive (fun t => F t) x) ->
  (forall x, (a < x /\ x < b) -> 0 < Derive (fun t => F t) x) ->
  forall t t', (a < t /\ t < b) -> (a < t' /\ t' < b) -> t < t' -> F t < F t'.
Proof.
  intros He Hd t t' [H1 H2] [H3 H4] Ht.
  apply (incr_function F a b (Derive F)); simpl; auto.
  - intros s Hs1 Hs2; apply Derive_correct, He; auto.
  - intros s Hs1 Hs2; exact (Hd s (conj Hs1 Hs2)).
Qed.

Lemma mean_value_inequality (a b c x y : R) (F : R -> R) :
  (a < x /\ x < b) ->
  (a < y /\ y < b) ->
  (forall t, (a < t /\ t < b) -> ex_derive (fun s => F s) t) ->
  (forall t, (a < t /\ t < b) -> Rabs (Derive (fun s => F s) t) <= c) ->
  Rabs (F x - F y) <= c * Rabs (x - y).
Proof.
  intros [Hx1 Hx2] [Hy1 Hy2] He Hd.
  assert (Hin : forall t, Rmin y x <= t <= Rmax y x -> a < t /\ t < b).
  { intros t [H1 H2]; unfold Rmin, Rmax in *; destruct (Rle_dec y x); lra. }
  destruct (MVT_gen F y x (Derive F)) as [t [Ht HF]].
  - intros s [Hs1 Hs2]; apply Derive_correct, He, Hin; lra.
  - intros s Hs; apply derivable_continuous_pt, ex_derive_Reals_0, He, Hin, Hs.
  - rewrite HF, Rabs_mult; apply Rmult_le_compat_r; [apply Rabs_pos|].
    exact (Hd t (Hin t Ht)).
Qed.

Lemma not_negative_beyond (x y : R) (F : R -> R) :
  y <= x ->
  (forall s, 0 <= F (y + s ^^ 2)) ->
  0 <= F x.
Proof.
  intros Hyx H; specialize (H (sqrt (x - y))).
  replace (y + sqrt (x - y) ^^ 2) with x in H; [exact H|].
  rewrite (power_numeral _ 2 2 eq_refl), pow2_sqrt; lra.
Qed.

Lemma positive_beyond (x y : R) (F : R -> R) :
  y <= x ->
  (forall s, 0 < F (y + s ^^ 2)) ->
  0 < F x.
Proof.
  intros Hyx H; specialize (H (sqrt (x - y))).
  replace (y + sqrt (x - y) ^^ 2) with x in H; [exact H|].
  rewrite (power_numeral _ 2 2 eq_refl), pow2_sqrt; lra.
Qed.

Lemma gibbs_inequality {A : Type} (D : fset A) (P Q : A -> R) :
  pmf D (fun z => Q z) ->
  pmf D (fun z => P z) ->
  (forall z, member z D -> 0 < Q z) ->
  (forall z, member z D -> 0 < P z) ->
  0 = 0 ->
  0 <= Divergence D (fun z => Q z) (fun z => P z).
Proof.
  intros HQ HP Qp Pp _; exact (divergence_nonnegative D Q P HQ HP Qp Pp).
Qed.

Lemma gibbs_strict {A : Type} (D : fset A) (w : A) (P Q : A -> R) :
  pmf D (fun z => Q z) ->
  pmf D (fun z => P z) ->
  (forall z, member z D -> 0 < Q z) ->
  (forall z, member z D -> 0 < P z) ->
  member w D ->
  Q w <> P w ->
  0 < Divergence D (fun z => Q z) (fun z => P z).
Proof.
  intros [_ HQ] [_ HP] Qp Pp Hw Hne.
  assert (H : Sum D (fun z => Q z - P z) < Divergence D Q P).
  { apply (lsum_lt (elements D) _ _ w Hw).
    - intros z Hz; apply divergence_term; [apply Qp | apply Pp]; exact Hz.
    - apply divergence_term_strict; [apply Qp | apply Pp | exact Hne]; exact Hw. }
  rewrite sum_of_difference, HQ, HP in H; change (fun z => Q z) with Q; change (fun z => P z) with P; lra.
Qed.

Lemma below_by_divergence {A : Type} (D : fset A) (a b : R) (P Q : A -> R) :
  pmf D (fun z => Q z) ->
  pmf D (fun z => P z) ->
  (forall z, member z D -> 0 < Q z) ->
  (forall z, member z D -> 0 < P z) ->
  b - a = Divergence D (fun z => Q z) (fun z => P z) ->
  a <= b.
Proof.
  intros HQ HP Qp Pp E; pose proof (divergence_nonnegative D Q P HQ HP Qp Pp).
  change (fun z => Q z) with Q in E; change (fun z => P z) with P in E; lra.
Qed.

Lemma below_by_mean_divergence {A : Type} {B : Type} (C : fset A) (D : fset B) (a b : R) (P : B -> R) (Q : A -> B -> R) (R1 : A -> R) :
  (forall w, member w C -> 0 <= R1 w) ->
  (forall w, member w C -> pmf D (fun z => Q w z)) ->
  pmf D (fun z => P z) ->
  (forall w, member w C -> forall z, member z D -> 0 < Q w z) ->
  (forall z, member z D -> 0 < P z) ->
  b - a = Sum C (fun w => R1 w * Divergence D (fun z => Q w z) (fun z => P z)) ->
  a <= b.
Proof.
  intros HR HQ HP Qp Pp E.
  assert (H : 0 <= Sum C (fun w => R1 w * Divergence D (fun z => Q w z) (fun z => P z))); [|lra].
  apply Sum_nonnegative; intros w Hw; apply Rmult_le_pos; [apply HR; assumption|].
  apply divergence_nonnegative; auto.
Qed.

Lemma jensen_log {A : Type} (D : fset A) (a b : R) (G Q : A -> R) :
  pmf D (fun z => Q z) ->
  (forall z, member z D -> 0 < G z) ->
  b - a = ln (Sum D (fun z => Q z * G z)) - Sum D (fun z => Q z * ln (G z)) ->
  a <= b.
Proof.
  intros [HQ H1] HG E; pose proof (mean_of_logs D Q G HQ H1 HG); lra.
Qed.

Lemma jensen_convex {A : Type} (D : fset A) (a b : R) (F : R -> R) (G Q : A -> R) :
  pmf D (fun z => Q z) ->
  convex_on (fun t => True) (fun t => F t) ->
  b - a = Sum D (fun z => Q z * F (G z)) - F (Sum D (fun z => Q z * G z)) ->
  a <= b.
Proof.
  intros [HQ H1] HF E; pose proof (jensen_list (elements D) Q G F HF HQ) as H.
  change (lsum (elements D) Q) with (Sum D (fun z => Q z)) in H; rewrite H1 in H; specialize (H Rlt_0_1).
  unfold Rdiv in H; rewrite Rinv_1, !Rmult_1_r in H; unfold Sum in E; lra.
Qed.

Lemma jensen_positive {A : Type} (D : fset A) (a b : R) (F : R -> R) (G Q : A -> R) :
  pmf D (fun z => Q z) ->
  (forall z, member z D -> 0 < G z) ->
  convex_on (fun t => 0 < t) (fun t => F t) ->
  b - a = Sum D (fun z => Q z * F (G z)) - F (Sum D (fun z => Q z * G z)) ->
  a <= b.
Proof.
  intros [HQ H1] HG HF E; pose proof (jensen_list_positive (elements D) Q G F HF HQ HG) as H.
  change (lsum (elements D) Q) with (Sum D (fun z => Q z)) in H; rewrite H1 in H; specialize (H Rlt_0_1).
  unfold Rdiv in H; rewrite Rinv_1, !Rmult_1_r in H; unfold Sum in E; lra.
Qed.

Lemma below_by_log_sum {A : Type} (D : fset A) (a b : R) (F G : A -> R) :
  (forall z, member z D -> 0 < F z) ->
  (forall z, member z D -> 0 < G z) ->
  b - a = Sum D (fun z => F z * ln (F z / G z)) - Sum D (fun z => F z) * ln (Sum D (fun z => F z) / Sum D (fun z => G z)) ->
  a <= b.
Proof.
  intros HF HG E.
  assert (N : elements D = nil \/ elements D <> nil) by (destruct (elements D); [left; reflexivity | right; discriminate]).
  destruct N as [N | N]; [unfold Sum in E; rewrite N in E; simpl in E; lra|].
  assert (PF : 0 < Sum D (fun z => F z)) by (apply lsum_positive; [exact N | exact HF]).
  assert (PG : 0 < Sum D (fun z => G z)) by (apply lsum_positive; [exact N | exact HG]).
  set (c := Sum D (fun z => F z) / Sum D (fun z => G z)) in *.
  assert (Hc : 0 < c) by (apply Rdiv_lt_0_compat; assumption).
  assert (H : Sum D (fun z => F z - c * G z) <= Sum D (fun z => F z * ln (F z / G z) - F z * ln c)).
  { apply lsum_le; intros z Hz; pose proof (HF z Hz) as Fz; pose proof (HG z Hz) as Gz.
    pose proof (divergence_term (F z) (c * G z) Fz ltac:(apply Rmult_lt_0_compat; assumption)) as T.
    assert (L : ln (F z / (c * G z)) = ln (F z / G z) - ln c).
    { replace (F z / (c * G z)) with (F z / G z * / c) by (field; lra).
      rewrite ln_mult, ln_Rinv; [ring | assumption | apply Rdiv_lt_0_compat; assumption | apply Rinv_0_lt_compat; assumption]. }
    rewrite L in T; lra. }
  unfold Sum in *; rewrite !lsum_minus, lsum_left, lsum_right in H.
  assert (K : c * lsum (elements D) (fun z => G z) = lsum (elements D) (fun z => F z)) by (unfold c; field; lra).
  change (lsum (elements D) G) with (lsum (elements D) (fun z => G z)) in H.
  change (lsum (elements D) F) with (lsum (elements D) (fun z => F z)) in H.
  lra.
Qed.

Lemma below_by_cauchy_schwarz {A : Type} (D : fset A) (a b : R) (F G Q : A -> R) :
  (forall z, member z D -> 0 <= Q z) ->
  b - a = Sum D (fun z => Q z * F z ^^ 2) * Sum D (fun z => Q z * G z ^^ 2) - Sum D (fun z => Q z * (F z * G z)) ^^ 2 ->
  a <= b.
Proof.
  intros HQ E; unfold Sum in E; rewrite (power_numeral _ 2 2 eq_refl) in E.
  rewrite (lsum_ext _ (fun z => Q z * F z ^^ 2) (fun z => Q z * F z ^ 2)) in E by (intros; rewrite (power_numeral _ 2 2 eq_refl); reflexivity).
  rewrite (lsum_ext _ (fun z => Q z * G z ^^ 2) (fun z => Q z * G z ^ 2)) in E by (intros; rewrite (power_numeral _ 2 2 eq_refl); reflexivity).
  pose proof (weighted_squares (elements D) Q F G HQ); lra.
Qed.

Lemma below_by_sum {A : Type} (D : fset A) (a b : R) (F : A -> R) :
  (forall z, member z D -> 0 <= F z) ->
  b - a = Sum D (fun z => F z) ->
  a <= b.
Proof.
  intros HF E; pose proof (Sum_nonnegative D F HF) as H; change (fun z => F z) with F in E; lra.
Qed.

Lemma at_most_by_multiple (a b c : R) :
  0 < c ->
  c * a <= c * b ->
  a <= b.
Proof.
  intros Hc H; apply (Rmult_le_reg_l c); assumption.
Qed.

Lemma below_by_tangent_of_log (a b x : R) :
  0 < x ->
  b - a = x - 1 - ln x ->
  a <= b.
Proof.
  intros Hx E; pose proof (ln_below x Hx); lra.
Qed.

Lemma below_by_tangent_of_exp (a b x : R) :
  b - a = exp x - 1 - x ->
  a <= b.
Proof.
  intros E; pose proof (ln_below (exp x) (exp_pos x)) as H; rewrite ln_exp in H; lra.
Qed.

Lemma equal_by_powers (a b n : R) :
  0 <= a ->
  0 <= b ->
  (integer n /\ 1 <= n) ->
  a ^^ n = b ^^ n ->
  a = b.
Proof.
  intros Ha Hb [Hn H1] E; destruct (natural (n - 1)) as [m Hm]; [apply integer_minus; [assumption | apply integer_IZR] | lra |].
  replace n with (INR (S m)) in E by (rewrite S_INR; lra); rewrite !power_natural in E.
  destruct (Rtotal_order a b) as [H | [H | H]]; [|exact H|]; exfalso.
  - pose proof (power_below a b m Ha H); lra.
  - pose proof (power_below b a m Hb H); lra.
Qed.

Lemma at_most_by_real_numbers (a b n : R) (F G : R -> R) :
  (a < n /\ n < b) ->
  (forall t, (a < t /\ t < b) -> F t <= G t) ->
  F n <= G n.
Proof.
  intros H HF; apply HF, H.
Qed.

Lemma less_by_real_numbers (a b n : R) (F G : R -> R) :
  (a < n /\ n < b) ->
  (forall t, (a < t /\ t < b) -> F t < G t) ->
  F n < G n.
Proof.
  intros H HF; apply HF, H.
Qed.

Lemma equal_by_logarithms (a b : R) :
  0 < a ->
  0 < b ->
  ln a = ln b ->
  a = b.
Proof.
  apply ln_inv.
Qed.

Lemma equal_by_exponentials (a b : R) :
  exp a = exp b ->
  a = b.
Proof.
  apply exp_inv.
Qed.

Lemma cauchy_schwarz {A : Type} (D : fset A) (F G Q : A -> R) :
  (forall z, member z D -> 0 <= Q z) ->
  0 = 0 ->
  Expectation D (fun z => Q z) (fun z => F z * G z) ^^ 2 <= Expectation D (fun z => Q z) (fun z => F z ^^ 2) * Expectation D (fun z => Q z) (fun z => G z ^^ 2).
Proof.
  intros HQ _; unfold Expectation, Sum; rewrite (power_numeral _ 2 2 eq_refl).
  rewrite (lsum_ext _ (fun z => Q z * F z ^^ 2) (fun z => Q z * F z ^ 2)) by (intros; rewrite (power_numeral _ 2 2 eq_refl); reflexivity).
  rewrite (lsum_ext _ (fun z => Q z * G z ^^ 2) (fun z => Q z * G z ^ 2)) by (intros; rewrite (power_numeral _ 2 2 eq_refl); reflexivity).
  apply weighted_squares, HQ.
Qed.

Lemma bound_solved_for_factor (a b c m : R) :
  0 < b ->
  0 < c ->
  0 < m ->
  a / (b * c) <= m ->
  a / (m * c) <= b.
Proof.
  intros Hb Hc Hm H.
  apply (Rmult_le_reg_r (m * c)); [apply Rmult_lt_0_compat; assumption|].
  replace (a / (m * c) * (m * c)) with a by (field; split; lra).
  apply (Rmult_le_compat_r (b * c)) in H; [|left; apply Rmult_lt_0_compat; assumption].
  replace (a / (b * c) * (b * c)) with a in H by (field; split; lra).
  replace (b * (m * c)) with (m * (b * c)) by ring; exact H.
Qed.

Lemma bound_of_square_root (a b : R) :
  0 <= a ->
  0 <= b ->
  a <= b ^^ 2 ->
  sqrt a <= b.
Proof.
  intros Ha Hb H; rewrite (power_numeral _ 2 2 eq_refl) in H.
  rewrite <- (sqrt_pow2 b) by assumption; apply sqrt_le_1; [assumption | nra | assumption].
Qed.

Lemma less_by_difference (a b : R) :
  0 < b - a ->
  a < b.
Proof.
  intros H; lra.
Qed.

Lemma at_most_by_difference (a b : R) :
  0 <= b - a ->
  a <= b.
Proof.
  intros H; lra.
Qed.

Lemma unequal_by_difference (a b : R) :
  b - a <> 0 ->
  a <> b.
Proof.
  intros H E; apply H; lra.
Qed.

(** * Inverse functions, odd roots and signs, exact values of sine and cosine *)

Lemma arccos (a : R) :
  acos a = PI / 2 - asin a.
Proof.
  unfold acos, asin; destruct (Rle_dec a (-1)), (Rle_dec 1 a); lra.
Qed.

Lemma arsinh (a : R) :
  Arsinh a = ln (a + sqrt (a ^^ 2 + 1)).
Proof.
  reflexivity.
Qed.

Lemma arcosh (a : R) :
  Arcosh a = ln (a + sqrt (a ^^ 2 - 1)).
Proof.
  reflexivity.
Qed.

Lemma artanh (a : R) :
  Artanh a = ln ((1 + a) / (1 - a)) / 2.
Proof.
  reflexivity.
Qed.

Lemma sign_of_positive (a : R) :
  0 < a ->
  sign a = 1.
Proof.
  apply sign_eq_1.
Qed.

Lemma sign_of_negative (a : R) :
  a < 0 ->
  sign a = - (1).
Proof.
  intros Ha; rewrite sign_eq_m1 by assumption; lra.
Qed.

Lemma sign_of_zero :
  sign 0 = 0.
Proof.
  apply sign_0.
Qed.

Lemma sign_by_absolute_value (a : R) :
  a <> 0 ->
  sign a = Rabs a / a.
Proof.
  intros Ha; destruct (Rtotal_order a 0) as [H | [H | H]]; [| lra |].
  - rewrite sign_eq_m1, Rabs_left by assumption; field; assumption.
  - rewrite sign_eq_1, Rabs_right by lra; field; assumption.
Qed.

Lemma absolute_value_by_sign (a : R) :
  Rabs a = a * sign a.
Proof.
  destruct (Rtotal_order a 0) as [H | [H | H]].
  - rewrite sign_eq_m1, Rabs_left by assumption; ring.
  - subst; rewrite sign_0, Rabs_R0; ring.
  - rewrite sign_eq_1, Rabs_right by lra; ring.
Qed.

Lemma sign_of_product (a b : R) :
  sign (a * b) = sign a * sign b.
Proof.
  apply sign_mult.
Qed.

Lemma sign_of_quotient (a b : R) :
  b <> 0 ->
  sign (a / b) = sign a * sign b.
Proof.
  intros Hb; unfold Rdiv; rewrite sign_mult; f_equal.
  destruct (Rtotal_order b 0) as [H | [H | H]]; [| lra |].
  - rewrite !sign_eq_m1; [reflexivity | assumption | apply Rinv_lt_0_compat; assumption].
  - rewrite !sign_eq_1; [reflexivity | assumption | apply Rinv_0_lt_compat; assumption].
Qed.

Lemma root_of_positive (a n : R) :
  0 < a ->
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  Root a n = a ^^ (1 / n).
Proof.
  intros Ha [_ Hn] _; unfold Root; rewrite sign_eq_1, Rabs_right, power_exp by lra.
  rewrite Rmult_1_l; f_equal; field; lra.
Qed.

Lemma root_of_zero (n : R) :
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  Root 0 n = 0.
Proof.
  intros _ _; unfold Root; rewrite sign_0; ring.
Qed.

Lemma root_of_negation (a n : R) :
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  Root (- a) n = - Root a n.
Proof.
  intros _ _; unfold Root; rewrite sign_opp, Rabs_Ropp; ring.
Qed.

Lemma root_of_product (a b n : R) :
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  Root (a * b) n = Root a n * Root b n.
Proof.
  intros [_ Hn] _; unfold Root; rewrite sign_mult.
  destruct (Req_dec a 0) as [Ha | Ha]; [subst; rewrite sign_0; ring|].
  destruct (Req_dec b 0) as [Hb | Hb]; [subst; rewrite sign_0; ring|].
  rewrite Rabs_mult, ln_mult by (apply Rabs_pos_lt; assumption).
  replace ((ln (Rabs a) + ln (Rabs b)) / n) with (ln (Rabs a) / n + ln (Rabs b) / n) by (field; lra).
  rewrite exp_plus; ring.
Qed.

Lemma root_of_quotient (a b n : R) :
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  b <> 0 ->
  Root (a / b) n = Root a n / Root b n.
Proof.
  intros Hn Hodd Hb.
  assert (Hr : Root b n <> 0).
  { unfold Root; apply Rmult_integral_contrapositive_currified; [|apply Rgt_not_eq, exp_pos].
    destruct (Rtotal_order b 0) as [H | [H | H]]; [rewrite sign_eq_m1 | | rewrite sign_eq_1]; lra. }
  apply (Rmult_eq_reg_r (Root b n)); [|assumption].
  rewrite <- root_of_product by assumption; replace (a / b * b) with a by (field; assumption); field; assumption.
Qed.

Lemma root_of_power (a k n : R) :
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  (integer k /\ 0 <= k) ->
  Root (a ^^ k) n = Root a n ^^ k.
Proof.
  intros Hn Hodd [Hk H0]; destruct (natural k Hk H0) as [m Hm]; rewrite Hm, !power_natural; clear Hm.
  induction m as [|m IH]; simpl.
  - unfold Root; rewrite sign_eq_1, Rabs_right, ln_1 by lra; unfold Rdiv; rewrite Rmult_0_l, exp_0; ring.
  - rewrite root_of_product, IH by assumption; reflexivity.
Qed.

Lemma sin_double (a : R) :
  sin (2 * a) = 2 * sin a * cos a.
Proof.
  apply sin_2a.
Qed.

Lemma cos_double (a : R) :
  cos (2 * a) = 2 * cos a ^^ 2 - 1.
Proof.
  rewrite (power_numeral _ 2 2 eq_refl), cos_2a_cos; ring.
Qed.

Lemma sin_whole_pi (n : R) :
  integer n ->
  sin (n * PI) = 0.
Proof.
  intros [k Hk]; apply sin_eq_0_1; exists k; rewrite Hk; reflexivity.
Qed.

Lemma cos_whole_pi (n : R) :
  integer n ->
  cos (n * PI) = (- (1)) ^^ n.
Proof.
  assert (N : forall m, cos (INR m * PI) = (- (1)) ^ m).
  { induction m as [|m IH]; [simpl; rewrite Rmult_0_l; apply cos_0|].
    rewrite S_INR, Rmult_plus_distr_r, Rmult_1_l, cos_plus, IH, cos_PI, sin_PI; simpl; ring. }
  intros Hn; destruct (Rle_dec 0 n) as [H | H].
  - destruct (natural n Hn H) as [m Hm]; rewrite Hm, power_natural; apply N.
  - assert (Ho : integer (- n)) by (apply integer_opp; assumption).
    destruct (natural (- n) Ho) as [m Hm]; [lra|].
    replace (n * PI) with (- (INR m * PI)) by (rewrite <- Hm; ring); rewrite cos_neg, N.
    assert (E : (- (1)) ^^ (n + - n) = (- (1)) ^^ n * (- (1)) ^^ (- n)) by (apply power_sum_nonzero; [lra | assumption | assumption]).
    replace (n + - n) with (INR 0) in E by (simpl; ring); rewrite Hm, !power_natural in E; simpl in E.
    assert (Q : (- (1)) ^ m * (- (1)) ^ m = 1).
    { rewrite <- Rpow_mult_distr; replace (- (1) * - (1)) with 1 by ring; apply pow1. }
    apply (Rmult_eq_reg_r ((- (1)) ^ m)); [rewrite Q, <- E; reflexivity | intros Z; rewrite Z in Q; lra].
Qed.

Lemma sin_sixth_pi :
  sin (PI / 6) = 1 / 2.
Proof.
  apply sin_PI6.
Qed.

Lemma cos_sixth_pi :
  cos (PI / 6) = sqrt 3 / 2.
Proof.
  apply cos_PI6.
Qed.

Lemma sin_quarter_pi :
  sin (PI / 4) = sqrt 2 / 2.
Proof.
  rewrite sin_PI4; pose proof (sqrt_sqrt 2 ltac:(lra)) as H; pose proof (sqrt_lt_R0 2 ltac:(lra)).
  replace (1 / sqrt 2) with (sqrt 2 / (sqrt 2 * sqrt 2)) by (field; lra); rewrite H; reflexivity.
Qed.

Lemma cos_quarter_pi :
  cos (PI / 4) = sqrt 2 / 2.
Proof.
  rewrite cos_PI4, <- sin_PI4; apply sin_quarter_pi.
Qed.

Lemma sin_third_pi :
  sin (PI / 3) = sqrt 3 / 2.
Proof.
  apply sin_PI3.
Qed.

Lemma cos_third_pi :
  cos (PI / 3) = 1 / 2.
Proof.
  apply cos_PI3.
Qed.

Lemma cos_fifth_pi :
  cos (PI / 5) = (1 + sqrt 5) / 4.
Proof.
  pose proof PI_RGT_0 as P; set (c := cos (PI / 5)).
  assert (Hc : 1 / 2 < c).
  { unfold c; rewrite <- cos_PI3; apply cos_decreasing_1; lra. }
  assert (E : cos (3 * (PI / 5)) = - cos (2 * (PI / 5))).
  { replace (3 * (PI / 5)) with (PI - 2 * (PI / 5)) by field.
    rewrite cos_minus, cos_PI, sin_PI; ring. }
  replace (3 * (PI / 5)) with (2 * (PI / 5) + PI / 5) in E by field.
  rewrite cos_plus, cos_2a_cos, sin_2a in E; fold c in E.
  assert (S : sin (PI / 5) * sin (PI / 5) = 1 - c * c).
  { pose proof (sin2_cos2 (PI / 5)) as H; unfold Rsqr in H; fold c in H; lra. }
  assert (Q : (4 * c - 1) * (4 * c - 1) = 5).
  { assert (Z : (c + 1) * ((4 * c - 1) * (4 * c - 1) - 5) = 0) by nra.
    apply Rmult_integral in Z; destruct Z; lra. }
  assert (sqrt 5 = 4 * c - 1) by (rewrite <- Q; apply R_sqrt.sqrt_square; lra).
  lra.
Qed.

Lemma sin_fifth_pi :
  sin (PI / 5) = sqrt (10 - 2 * sqrt 5) / 4.
Proof.
  pose proof PI_RGT_0 as P; pose proof cos_fifth_pi as C.
  assert (0 < sin (PI / 5)) by (apply sin_gt_0; lra).
  pose proof (sin2_cos2 (PI / 5)) as H2; unfold Rsqr in H2; rewrite C in H2.
  pose proof (sqrt_sqrt 5 ltac:(lra)) as H5.
  replace (10 - 2 * sqrt 5) with (4 * sin (PI / 5) * (4 * sin (PI / 5))) by nra.
  rewrite R_sqrt.sqrt_square by lra; field.
Qed.

Lemma cos_half_angle (a : R) :
  - PI <= a ->
  a <= PI ->
  cos (a / 2) = sqrt ((1 + cos a) / 2).
Proof.
  intros Hl Hh; assert (H : 0 <= cos (a / 2)) by (apply cos_ge_0; lra).
  replace (cos a) with (cos (2 * (a / 2))) by (f_equal; field); rewrite cos_2a_cos.
  replace ((1 + (2 * cos (a / 2) * cos (a / 2) - 1)) / 2) with (cos (a / 2) * cos (a / 2)) by field.
  symmetry; apply R_sqrt.sqrt_square; assumption.
Qed.

Lemma sin_half_by_cosine (a : R) :
  - PI < a ->
  a < PI ->
  sin (a / 2) = sin a / (2 * cos (a / 2)).
Proof.
  intros Hl Hh; assert (H : 0 < cos (a / 2)) by (apply cos_gt_0; lra).
  replace (sin a) with (sin (2 * (a / 2))) by (f_equal; field); rewrite sin_2a; field; lra.
Qed.

Lemma sin_half_angle (a : R) :
  0 <= a ->
  a <= 2 * PI ->
  sin (a / 2) = sqrt ((1 - cos a) / 2).
Proof.
  intros Hl Hh; assert (H : 0 <= sin (a / 2)) by (apply sin_ge_0; lra).
  replace (cos a) with (cos (2 * (a / 2))) by (f_equal; field); rewrite cos_2a_sin.
  replace ((1 - (1 - 2 * sin (a / 2) * sin (a / 2))) / 2) with (sin (a / 2) * sin (a / 2)) by field.
  symmetry; apply R_sqrt.sqrt_square; assumption.
Qed.

Lemma sin_arctan (a : R) :
  sin (atan a) = a / sqrt (1 + a ^^ 2).
Proof.
  rewrite (power_numeral _ 2 2 eq_refl), sin_atan; do 3 f_equal; unfold Rsqr; ring.
Qed.

Lemma cos_arctan (a : R) :
  cos (atan a) = 1 / sqrt (1 + a ^^ 2).
Proof.
  rewrite (power_numeral _ 2 2 eq_refl), cos_atan; do 3 f_equal; unfold Rsqr; ring.
Qed.

Lemma sin_arcsin (a : R) :
  - (1) <= a ->
  a <= 1 ->
  sin (asin a) = a.
Proof.
  intros; apply sin_asin; lra.
Qed.

Lemma cos_arcsin (a : R) :
  - (1) <= a ->
  a <= 1 ->
  cos (asin a) = sqrt (1 - a ^^ 2).
Proof.
  intros; rewrite (power_numeral _ 2 2 eq_refl), cos_asin by lra; do 2 f_equal; unfold Rsqr; ring.
Qed.

Lemma arctan_negative (a : R) :
  atan (- a) = - atan a.
Proof.
  apply atan_opp.
Qed.

Lemma arcsin_negative (a : R) :
  asin (- a) = - asin a.
Proof.
  apply asin_opp.
Qed.

Lemma arctan_of_tangent (a : R) :
  - (PI / 2) < a ->
  a < PI / 2 ->
  atan (sin a / cos a) = a.
Proof.
  intros; apply atan_tan; lra.
Qed.

Lemma arcsin_of_sine (a : R) :
  - (PI / 2) <= a ->
  a <= PI / 2 ->
  asin (sin a) = a.
Proof.
  intros; apply asin_sin; lra.
Qed.

Lemma arctan_zero :
  atan 0 = 0.
Proof.
  apply atan_0.
Qed.

Lemma arctan_one :
  atan 1 = PI / 4.
Proof.
  apply atan_1.
Qed.

Lemma arctan_root_three :
  atan (3 ^^ (1 / 2)) = PI / 3.
Proof.
  rewrite <- sqrt_power by lra; pose proof PI_RGT_0.
  replace (sqrt 3) with (sin (PI / 3) / cos (PI / 3)) by (rewrite sin_PI3, cos_PI3; field).
  apply arctan_of_tangent; lra.
Qed.

Lemma arctan_of_third :
  atan (3 ^^ (1 / 2) / 3) = PI / 6.
Proof.
  rewrite <- sqrt_power by lra; pose proof PI_RGT_0; pose proof (sqrt_sqrt 3 ltac:(lra)) as Hs; pose proof (sqrt_lt_R0 3 ltac:(lra)).
  replace (sqrt 3 / 3) with (sin (PI / 6) / cos (PI / 6)).
  - apply arctan_of_tangent; lra.
  - rewrite sin_PI6, cos_PI6; replace (1 / 2 / (sqrt 3 / 2)) with (sqrt 3 / (sqrt 3 * sqrt 3)) by (field; lra); rewrite Hs; reflexivity.
Qed.

Lemma arcsin_zero :
  asin 0 = 0.
Proof.
  apply asin_0.
Qed.

Lemma arcsin_half :
  asin (1 / 2) = PI / 6.
Proof.
  pose proof PI_RGT_0; rewrite <- sin_PI6; apply arcsin_of_sine; lra.
Qed.

Lemma arcsin_half_root_two :
  asin (2 ^^ (1 / 2) / 2) = PI / 4.
Proof.
  pose proof PI_RGT_0; rewrite <- sqrt_power, <- sin_quarter_pi by lra; apply arcsin_of_sine; lra.
Qed.

Lemma arcsin_half_root_three :
  asin (3 ^^ (1 / 2) / 2) = PI / 3.
Proof.
  pose proof PI_RGT_0; rewrite <- sqrt_power, <- sin_PI3 by lra; apply arcsin_of_sine; lra.
Qed.

Lemma arcsin_one :
  asin 1 = PI / 2.
Proof.
  apply asin_1.
Qed.

Lemma arctan_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  Derive (fun t => atan (F t)) x = Derive (fun t => F t) x / (1 + F x ^^ 2).
Proof.
  intros HF; rewrite (power_numeral _ 2 2 eq_refl); apply is_derive_unique.
  evar_last; [apply (is_derive_comp atan F); [apply is_derive_Reals, derivable_pt_lim_atan | apply Derive_correct; exact HF]|].
  change (fun t => F t) with F; unfold scal; simpl; unfold mult; simpl; unfold Rsqr; field.
  pose proof (pow2_ge_0 (F x)); nra.
Qed.

Lemma arcsin_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  - (1) < F x ->
  F x < 1 ->
  Derive (fun t => asin (F t)) x = Derive (fun t => F t) x / sqrt (1 - F x ^^ 2).
Proof.
  intros HF Hl Hh; rewrite (power_numeral _ 2 2 eq_refl); apply is_derive_unique.
  assert (Hi : -1 < F x < 1) by lra; pose proof (derive_pt_eq_1 _ _ _ _ (derive_pt_asin (F x) Hi)) as Hd.
  evar_last; [apply (is_derive_comp asin F); [apply is_derive_Reals; exact Hd | apply Derive_correct; exact HF]|].
  change (fun t => F t) with F; unfold scal; simpl; unfold mult; simpl; unfold Rsqr.
  rewrite Rmult_1_r; field; apply Rgt_not_eq, sqrt_lt_R0; nra.
Qed.

Lemma root_rule (n x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  F x <> 0 ->
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  Derive (fun t => Root (F t) n) x = Root (F x) n / (n * F x) * Derive (fun t => F t) x.
Proof.
  intros HF H0 [_ Hn] _; apply is_derive_unique.
  assert (G : is_derive (fun y => Root y n) (F x) (Root (F x) n / (n * F x))).
  { destruct (Rtotal_order (F x) 0) as [H | [H | H]]; [| lra |].
    - apply (is_derive_ext_loc (fun y => - exp (ln (- y) / n))).
      + apply (filter_imp (fun y => y < 0)); [|apply (open_lt 0); assumption].
        intros y Hy; change (- exp (ln (- y) / n) = Root y n); unfold Root; rewrite sign_eq_m1, Rabs_left by assumption; ring.
      + unfold Root; rewrite sign_eq_m1, Rabs_left by assumption; auto_derive; [lra | unfold Rdiv; field; lra].
    - apply (is_derive_ext_loc (fun y => exp (ln y / n))).
      + apply (filter_imp (fun y => 0 < y)); [|apply (open_gt 0); assumption].
        intros y Hy; change (exp (ln y / n) = Root y n); unfold Root; rewrite sign_eq_1, Rabs_right by lra; ring.
      + unfold Root; rewrite sign_eq_1, Rabs_right by lra; auto_derive; [lra | unfold Rdiv; field; lra]. }
  evar_last; [apply (is_derive_comp (fun y => Root y n) F); [exact G | apply Derive_correct; exact HF]|].
  change (fun t => F t) with F; unfold scal; simpl; unfold mult; simpl; ring.
Qed.

Lemma sign_rule (x : R) (F : R -> R) :
  ex_derive (fun t => F t) x ->
  F x <> 0 ->
  Derive (fun t => sign (F t)) x = 0.
Proof.
  intros HF H0; destruct (Rtotal_order (F x) 0) as [H | [H | H]]; [| lra |].
  - rewrite (Derive_ext_loc _ (fun _ => - (1))); [apply Derive_const|].
    apply (filter_imp (fun t => F t < 0)); [intros t Ht; apply sign_of_negative; assumption|].
    apply (ex_derive_continuous F x HF (fun y => y < 0)), open_lt; assumption.
  - rewrite (Derive_ext_loc _ (fun _ => 1)); [apply Derive_const|].
    apply (filter_imp (fun t => 0 < F t)); [intros t Ht; apply sign_eq_1; assumption|].
    apply (ex_derive_continuous F x HF (fun y => 0 < y)), open_gt; assumption.
Qed.

Lemma equal_by_odd_powers (a b n : R) :
  (integer n /\ 1 <= n) ->
  (- (1)) ^^ n < 0 ->
  a ^^ n = b ^^ n ->
  a = b.
Proof.
  intros [Hn H1] Hodd E; destruct (natural (n - 1)) as [m Hm]; [apply integer_minus; [assumption | apply integer_IZR] | lra |].
  replace n with (INR (S m)) in E, Hodd by (rewrite S_INR; lra); rewrite !power_natural in E; rewrite power_natural in Hodd.
  assert (Q : (- (1)) ^ S m = - (1)).
  { assert (H : (- (1)) ^ S m * (- (1)) ^ S m = 1) by (rewrite <- Rpow_mult_distr; replace (- (1) * - (1)) with 1 by ring; apply pow1).
    nra. }
  assert (O : forall c, (- c) ^ S m = - c ^ S m).
  { intros c; replace (- c) with (- (1) * c) by ring; rewrite Rpow_mult_distr, Q; ring. }
  assert (B : forall c d, c < d -> c ^ S m < d ^ S m).
  { intros c d H; destruct (Rle_dec 0 c) as [Hc | Hc]; [apply power_below; assumption|].
    destruct (Rle_dec d 0) as [Hd | Hd].
    - assert (L : (- d) ^ S m < (- c) ^ S m) by (apply power_below; lra); rewrite !O in L; lra.
    - assert (L : 0 < (- c) ^ S m) by (apply pow_lt; lra); rewrite O in L.
      assert (0 < d ^ S m) by (apply pow_lt; lra); lra. }
  destruct (Rtotal_order a b) as [H | [H | H]]; [|exact H|]; exfalso.
  - pose proof (B a b H); lra.
  - pose proof (B b a H); lra.
Qed.

Lemma equal_angles (a b : R) :
  - PI < a - b ->
  a - b < PI ->
  sin (a - b) = 0 ->
  a = b.
Proof.
  intros Hl Hh E; destruct (Rtotal_order (a - b) 0) as [H | [H | H]]; [| lra |]; exfalso.
  - pose proof (sin_lt_0_var (a - b) Hl H); lra.
  - pose proof (sin_gt_0 (a - b) H Hh); lra.
Qed.

Lemma cos_of_absolute_value (a : R) :
  cos (Rabs a) = cos a.
Proof.
  unfold Rabs; destruct (Rcase_abs a); [apply cos_neg | reflexivity].
Qed.

Lemma equal_multiples (a b c : R) :
  c <> 0 ->
  c * a = c * b ->
  a = b.
Proof.
  intros Hc E; apply (Rmult_eq_reg_l c); assumption.
Qed.

Lemma equal_by_cosines (a b : R) :
  0 <= a ->
  a <= PI ->
  0 <= b ->
  b <= PI ->
  cos a = cos b ->
  a = b.
Proof.
  intros Ha Hap Hb Hbp E; destruct (Rtotal_order a b) as [H | [H | H]]; [| exact H |]; exfalso.
  - pose proof (cos_decreasing_1 a b Ha Hap Hb Hbp H); lra.
  - pose proof (cos_decreasing_1 b a Hb Hbp Ha Hap H); lra.
Qed.

Lemma arcosh_of_cosh (a : R) :
  Arcosh (Cosh a) = Rabs a.
Proof.
  assert (E : exp a * exp (- a) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  unfold Arcosh; rewrite (power_numeral _ 2 2 eq_refl).
  replace (Cosh a ^ 2 - 1) with (Rsqr (Sinh a)) by (unfold Cosh, Sinh, Rsqr; simpl; nra).
  rewrite sqrt_Rsqr_abs; destruct (Rle_dec 0 a) as [H | H].
  - assert (exp (- a) <= exp a) by (destruct (Req_dec a 0); [subst; rewrite Ropp_0; lra | left; apply exp_increasing; lra]).
    rewrite (Rabs_pos_eq (Sinh a)), Rabs_pos_eq by (unfold Sinh; lra).
    replace (Cosh a + Sinh a) with (exp a) by (unfold Cosh, Sinh; field); apply ln_exp.
  - assert (exp a < exp (- a)) by (apply exp_increasing; lra).
    rewrite (Rabs_left (Sinh a)), Rabs_left by (unfold Sinh; lra).
    replace (Cosh a + - Sinh a) with (exp (- a)) by (unfold Cosh, Sinh; field); apply ln_exp.
Qed.
